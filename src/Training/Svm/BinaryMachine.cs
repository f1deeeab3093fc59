using SerLab.Core;
using SerLab.Training.Svm.Kernels;
using SerLab.Training.Svm.Solver;

namespace SerLab.Training.Svm;

/// <summary>
/// Fits one class against another: rows with labels ±1, where each class has its own C. The fit and those of its calibration
/// share the kernel rows that they ask for.
/// </summary>
internal sealed class BinaryMachine : IDisposable
{
    private const int CalibrationFolds = 5;
    private readonly double[] labels;
    private readonly double positiveC;
    private readonly double negativeC;
    private readonly SvmOptions options;
    private readonly KernelCache kernel;

    public BinaryMachine(
        FeatureMatrix rows, double[] labels, Kernel kernel, double positiveC, double negativeC, SvmOptions options)
    {
        this.labels = labels;
        this.positiveC = positiveC;
        this.negativeC = negativeC;
        this.options = options;
        this.kernel = new KernelCache(
            new ComputedKernelRows(kernel, new PackedRows(rows)), options.CacheMegabytes * 1_000_000L);
    }

    /// <summary>Finds the dual optimum of all rows but those held out.</summary>
    public SmoSolution Fit(ReadOnlySpan<int> heldOut, CancellationToken cancellationToken) => SmoSolver.Solve(
        SmoProblem.Classification(labels, positiveC, negativeC, options.Tolerance, options.Shrinking, heldOut), kernel, null,
        cancellationToken);

    /// <summary>
    /// Calibrates on decision values of an inner five-fold cross-validation over a random order of the rows, as LIBSVM does;
    /// where a training part has one class only, its decision value is that class's label.
    /// </summary>
    public PlattScaling Calibrate(int[] order, CancellationToken cancellationToken)
    {
        double[] decisions = new double[labels.Length];
        for (int fold = 0; fold < CalibrationFolds; fold++)
        {
            int from = (int)((long)fold * order.Length / CalibrationFolds);
            int to = (int)((long)(fold + 1) * order.Length / CalibrationFolds);
            int[] held = order[from..to];
            double[] seen = [.. order[..from].Concat(order[to..]).Select(i => labels[i]).Distinct()];
            SmoSolution? solution = seen.Length == 2 ? Fit(held, cancellationToken) : null;
            foreach (int i in held)
            {
                decisions[i] = solution is null ? seen.FirstOrDefault() : labels[i] - solution.Errors[i] + solution.Intercept;
            }
        }

        return PlattScaling.Fit(decisions, Array.ConvertAll(labels, y => y > 0));
    }

    /// <summary>Gives the memory of the kernel rows back.</summary>
    public void Dispose() => kernel.Dispose();
}
