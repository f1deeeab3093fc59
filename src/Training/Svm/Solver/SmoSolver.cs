using System.Runtime.InteropServices;
using SerLab.Core;
using SerLab.Training.Svm.Kernels;

namespace SerLab.Training.Svm.Solver;

/// <summary>
/// Sequential minimal optimisation with second-order working sets (Fan, Chen and Lin, JMLR 6, 2005) and LIBSVM's shrinking (Chang
/// and Lin 2011, section 5.1). Regression needs no doubled variables: of α and α* of a row one is always 0, so β = α − α* with a
/// kink of the objective at 0 tells both, and a step ends at the kink as it would at the bound of α.
/// </summary>
internal sealed class SmoSolver
{
    /// <summary>The curvature that pairs of (nearly) equal rows are taken to have.</summary>
    public const double LeastCurvature = 1e-12;

    private const int ShrinkInterval = 1000;
    private readonly SmoProblem problem;
    private readonly KernelCache kernel;
    private readonly int count;

    // All by position, see KernelRows; the surplus positions up to whole panels can be chosen for nothing.
    private readonly double[] beta;
    private readonly double[] errors;
    private readonly double[] targets;
    private readonly double[] lower;
    private readonly double[] upper;
    private readonly double[] diagonals;

    // error + offset is the slope of the objective for raising or lowering a variable; infinite where it is at its bound.
    private readonly double[] raiseOffsets;
    private readonly double[] lowerOffsets;
    private int active;
    private bool unshrunk;

    private SmoSolver(SmoProblem problem, KernelCache kernel, SmoSolution? start)
    {
        this.problem = problem;
        this.kernel = kernel;
        count = kernel.Count;
        int padded = kernel.PaddedCount;
        beta = new double[padded];
        errors = new double[padded];
        targets = new double[padded];
        lower = new double[padded];
        upper = new double[padded];
        diagonals = new double[padded];
        raiseOffsets = new double[padded];
        lowerOffsets = new double[padded];
        Array.Fill(raiseOffsets, double.NegativeInfinity);
        Array.Fill(lowerOffsets, double.PositiveInfinity);
        for (int k = 0; k < count; k++)
        {
            int row = kernel.Order[k];
            targets[k] = problem.Targets[row];
            lower[k] = problem.Lower[row];
            upper[k] = problem.Upper[row];
            beta[k] = start?.Coefficients[row] ?? 0;
            errors[k] = start?.Errors[row] ?? targets[k];
            diagonals[k] = FiniteDiagonal(k);
            SetOffsets(k);
        }

        active = count;
    }

    private int ActiveLength => PackedRows.RoundUp(active);

    /// <summary>Solves the problem.</summary>
    /// <param name="problem">The problem, one variable per row of the kernel.</param>
    /// <param name="kernel">Kernel rows; the solver may exchange their positions.</param>
    /// <param name="start">
    /// A solution to start from, within the bounds, of a problem with the same kernel and targets; else 0.
    /// </param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static SmoSolution Solve(
        SmoProblem problem, KernelCache kernel, SmoSolution? start = null, CancellationToken cancellationToken = default)
    {
        SmoSolver solver = new(problem, kernel, start);
        (int iterations, bool converged) = solver.Run(cancellationToken);
        return solver.Solution(iterations, converged);
    }

    private (int Iterations, bool Converged) Run(CancellationToken cancellationToken)
    {
        long limit = Math.Max(10_000_000L, 100L * count);
        int untilShrinking = Math.Min(count, ShrinkInterval);
        int first = FindFirst(out double top);
        for (int iteration = 0; iteration < limit; iteration++)
        {
            if (--untilShrinking <= 0)
            {
                untilShrinking = Math.Min(count, ShrinkInterval);
                cancellationToken.ThrowIfCancellationRequested();
                if (problem.Shrinking)
                {
                    Shrink();
                    first = FindFirst(out top);
                }
            }

            int second = FindSecond(first, top);
            if (second < 0)
            {
                if (active == count)
                {
                    return (iteration, true);
                }

                Unshrink();
                untilShrinking = 1;
                first = FindFirst(out top);
                second = FindSecond(first, top);
                if (second < 0)
                {
                    return (iteration, true);
                }
            }

            first = Move(first, second, ref top);
        }

        Unshrink();
        return ((int)limit, false);
    }

    /// <summary>No kernel value is larger than the largest of the diagonal, so that finite ones prove all finite.</summary>
    private double FiniteDiagonal(int k)
    {
        double diagonal = kernel.Diagonal(k);
        return float.IsFinite((float)diagonal) ? diagonal : throw new InvalidInputException(
            $"Row {kernel.Order[k]} is too large for the kernel: its value with itself overflows; scale the features first.");
    }

    private int FindFirst(out double top) =>
        SmoPasses.FindLargest(errors.AsSpan(0, ActiveLength), raiseOffsets.AsSpan(0, ActiveLength), out top);

    private int FindSecond(int first, double top)
    {
        if (first < 0)
        {
            return -1;
        }

        int length = ActiveLength;
        int second = SmoPasses.FindPartner(
            errors.AsSpan(0, length), lowerOffsets.AsSpan(0, length), kernel.Row(first, length), diagonals.AsSpan(0, length),
            diagonals[first], top, out double violation);
        return violation < problem.Tolerance ? -1 : second;
    }

    /// <summary>Raises the first and lowers the second variable to the minimum along that line; returns the next first.</summary>
    private int Move(int first, int second, ref double top)
    {
        int length = ActiveLength;
        ReadOnlySpan<float> firstRow = kernel.Row(first, length);
        ReadOnlySpan<float> secondRow = kernel.Row(second, length);
        double curvature = Math.Max(diagonals[first] + diagonals[second] - (2.0 * firstRow[second]), LeastCurvature);
        double violation = top - (errors[second] + lowerOffsets[second]);
        double ceiling = beta[first] < 0 ? 0 : upper[first];
        double floor = beta[second] > 0 ? 0 : lower[second];
        double room = ceiling - beta[first];
        double otherRoom = beta[second] - floor;
        double step = Math.Min(violation / curvature, Math.Min(room, otherRoom));
        beta[first] = step >= room ? ceiling : beta[first] + step;
        beta[second] = step >= otherRoom ? floor : beta[second] - step;
        SetOffsets(first);
        SetOffsets(second);
        return SmoPasses.UpdateAndFindLargest(
            errors.AsSpan(0, length), firstRow, secondRow, step, raiseOffsets.AsSpan(0, length), out top);
    }

    private void SetOffsets(int k)
    {
        double epsilon = problem.Epsilon;
        raiseOffsets[k] = beta[k] >= upper[k] ? double.NegativeInfinity : beta[k] < 0 ? epsilon : -epsilon;
        lowerOffsets[k] = beta[k] <= lower[k] ? double.PositiveInfinity : beta[k] > 0 ? -epsilon : epsilon;
    }

    /// <summary>Leaves out the variables that no pair could want to move as things stand.</summary>
    private void Shrink()
    {
        double top = double.NegativeInfinity;
        double bottom = double.PositiveInfinity;
        for (int k = 0; k < active; k++)
        {
            top = Math.Max(top, errors[k] + raiseOffsets[k]);
            bottom = Math.Min(bottom, errors[k] + lowerOffsets[k]);
        }

        if (!unshrunk && top - bottom <= 10 * problem.Tolerance)
        {
            unshrunk = true;
            Unshrink();
        }

        List<(int Front, int Back)> exchanged = [];
        for (int k = 0; k < active; k++)
        {
            if (!IsSettled(k, top, bottom))
            {
                continue;
            }

            active--;
            while (active > k && IsSettled(active, top, bottom))
            {
                Exclude(active--);
            }

            if (active > k)
            {
                Exchange(k, active);
                exchanged.Add((k, active));
            }

            Exclude(active);
        }

        kernel.Swap(CollectionsMarshal.AsSpan(exchanged));
    }

    private bool IsSettled(int k, double top, double bottom) =>
        errors[k] + raiseOffsets[k] < bottom && errors[k] + lowerOffsets[k] > top;

    private void Exclude(int k)
    {
        raiseOffsets[k] = double.NegativeInfinity;
        lowerOffsets[k] = double.PositiveInfinity;
    }

    private void Exchange(int a, int b)
    {
        foreach (double[] values in (ReadOnlySpan<double[]>)
            [beta, errors, targets, lower, upper, diagonals, raiseOffsets, lowerOffsets])
        {
            (values[a], values[b]) = (values[b], values[a]);
        }
    }

    /// <summary>Takes all variables in again, with their errors computed afresh where they were not kept up.</summary>
    private void Unshrink()
    {
        if (active == count)
        {
            return;
        }

        // The passes go over whole panels, so the errors of the last panel in play are up to date.
        int from = ActiveLength;
        Span<double> stale = errors.AsSpan(from);
        targets.AsSpan(from).CopyTo(stale);
        for (int k = 0; k < count && !stale.IsEmpty; k++)
        {
            if (beta[k] != 0)
            {
                SmoPasses.Subtract(stale, kernel.Row(k, kernel.PaddedCount)[from..], beta[k]);
            }
        }

        for (int k = active; k < count; k++)
        {
            SetOffsets(k);
        }

        active = count;
    }

    private SmoSolution Solution(int iterations, bool converged)
    {
        double objective = 0;
        double[] coefficients = new double[count];
        double[] errorsByRow = new double[count];
        for (int k = 0; k < count; k++)
        {
            objective += (problem.Epsilon * Math.Abs(beta[k])) - (0.5 * beta[k] * (targets[k] + errors[k]));
            coefficients[kernel.Order[k]] = beta[k];
            errorsByRow[kernel.Order[k]] = errors[k];
        }

        return new SmoSolution(coefficients, errorsByRow, Intercept(), objective, iterations, converged);
    }

    /// <summary>
    /// The mean over the variables between bounds, where the slope of the objective is the intercept; else its middle.
    /// </summary>
    private double Intercept()
    {
        double sum = 0;
        int free = 0;
        double top = double.NegativeInfinity;
        double bottom = double.PositiveInfinity;
        for (int k = 0; k < count; k++)
        {
            if (beta[k] != 0 && beta[k] > lower[k] && beta[k] < upper[k])
            {
                sum += errors[k] + raiseOffsets[k];
                free++;
            }

            top = Math.Max(top, errors[k] + raiseOffsets[k]);
            bottom = Math.Min(bottom, errors[k] + lowerOffsets[k]);
        }

        return free > 0 ? sum / free : (top + bottom) / 2;
    }
}
