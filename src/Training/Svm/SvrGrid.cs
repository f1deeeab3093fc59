using SerLab.Core;
using SerLab.Training.Svm.Kernels;
using SerLab.Training.Svm.Solver;

namespace SerLab.Training.Svm;

/// <summary>
/// Support vector regressions of one training set that differ only in their options, as a search needs them. All candidates share
/// one matrix of pairs (squared distances for radial basis functions), those with equal kernels share kernel rows as well and
/// start from each other's optimum; prediction computes each pair of rows once for all candidates. Every candidate's optimum is
/// the one that a fit of its own finds, within the tolerance. Immutable and thread-safe.
/// </summary>
internal sealed class SvrGrid
{
    private readonly FeatureMatrix trainingRows;
    private readonly PackedRows packed;
    private readonly Candidate[] candidates;

    private SvrGrid(FeatureMatrix trainingRows, PackedRows packed, Candidate[] candidates)
    {
        this.trainingRows = trainingRows;
        this.packed = packed;
        this.candidates = candidates;
    }

    /// <summary>Number of features of the training rows.</summary>
    public int FeatureCount => trainingRows.Columns;

    /// <summary>Fits all candidates.</summary>
    /// <param name="rows">Training rows, all finite; at least one. Scale them before: distances are shared as they are.</param>
    /// <param name="targets">One finite target per row.</param>
    /// <param name="options">The candidates, at least one, in any order.</param>
    /// <param name="cancellationToken">Stops a long fit.</param>
    public static SvrGrid Fit(
        FeatureMatrix rows, ReadOnlySpan<double> targets, IReadOnlyList<SvrOptions> options,
        CancellationToken cancellationToken = default)
    {
        double[] sharedTargets = targets.ToArray();
        PackedRows packed = new(rows);
        Candidate[] fitted = new Candidate[options.Count];
        IEnumerable<int> all = Enumerable.Range(0, options.Count);
        foreach (IGrouping<bool, IGrouping<Kernel, int>> samePairs in
            all.GroupBy(i => options[i].KernelFor(rows)).GroupBy(equalKernel => equalKernel.Key.UsesDistances))
        {
            long bytes = samePairs.SelectMany(equalKernel => equalKernel).Max(i => options[i].CacheMegabytes) * 1_000_000L;
            using PairMatrix? matrix =
                2 * PairMatrix.Bytes(rows.Rows) <= bytes ? new PairMatrix(packed, samePairs.Key) : null;
            foreach (IGrouping<Kernel, int> equalKernel in samePairs)
            {
                using KernelCache cache = matrix is null
                    ? new KernelCache(new ComputedKernelRows(equalKernel.Key, new PackedRows(rows)), bytes)
                    : new KernelCache(new SharedKernelRows(equalKernel.Key, matrix), bytes / 2);
                SmoSolution? previous = null;
                foreach (int i in equalKernel.OrderBy(i => options[i].C).ThenByDescending(i => options[i].Epsilon))
                {
                    SvrOptions o = options[i];
                    SmoProblem problem = SmoProblem.Regression(sharedTargets, o.C, o.Epsilon, o.Tolerance, o.Shrinking);
                    previous = SmoSolver.Solve(problem, cache, previous, cancellationToken);
                    fitted[i] = new Candidate(equalKernel.Key, previous, packed.PaddedCount);
                }
            }
        }

        return new SvrGrid(rows, packed, fitted);
    }

    /// <summary>The model of one candidate, which keeps its support vectors only.</summary>
    public SvrModel Model(int candidate)
    {
        Candidate fitted = candidates[candidate];
        int[] support = [.. Enumerable.Range(0, trainingRows.Rows).Where(i => fitted.Coefficients[i] != 0)];
        return new SvrModel(
            trainingRows.Select(support), support, Array.ConvertAll(support, i => fitted.Coefficients[i]),
            fitted.Intercept, fitted.Kernel, fitted.Summary);
    }

    /// <summary>
    /// The predictions of every candidate for every row: element [c][r]. They differ from those of <see cref="Model"/> only by
    /// the order of summation.
    /// </summary>
    /// <param name="rows">Finite rows, as wide as the training rows.</param>
    public double[][] Predict(FeatureMatrix rows)
    {
        double[][] predictions = Array.ConvertAll(candidates, _ => new double[rows.Rows]);
        double[] values = new double[packed.PaddedCount];
        foreach (IGrouping<bool, IGrouping<Kernel, int>> samePairs in
            Enumerable.Range(0, candidates.Length).GroupBy(c => candidates[c].Kernel).GroupBy(g => g.Key.UsesDistances))
        {
            IGrouping<Kernel, int>[] kernels = [.. samePairs];
            KernelExpansion.ForEachRow(rows, packed, samePairs.Key, (row, pairs) =>
            {
                foreach (IGrouping<Kernel, int> equalKernel in kernels)
                {
                    pairs.CopyTo(values);
                    equalKernel.Key.FromPairs(values);
                    foreach (int c in equalKernel)
                    {
                        predictions[c][row] = KernelExpansion.Dot(values, candidates[c].Coefficients) + candidates[c].Intercept;
                    }
                }
            });
        }

        return predictions;
    }

    /// <summary>One fitted candidate; coefficients of all training rows, padded.</summary>
    private sealed class Candidate
    {
        public Candidate(Kernel kernel, SmoSolution solution, int paddedCount)
        {
            Kernel = kernel;
            Coefficients = new double[paddedCount];
            solution.Coefficients.CopyTo(Coefficients, 0);
            Intercept = solution.Intercept;
            Summary = new FitSummary(solution.DualObjective, solution.Iterations, solution.Converged);
        }

        public Kernel Kernel { get; }

        public double[] Coefficients { get; }

        public double Intercept { get; }

        public FitSummary Summary { get; }
    }
}
