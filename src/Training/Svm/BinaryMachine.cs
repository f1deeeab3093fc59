using SerLab.Core;
using SerLab.Training.Svm.Kernels;
using SerLab.Training.Svm.Solver;

namespace SerLab.Training.Svm;

/// <summary>Fits one class against another.</summary>
internal static class BinaryMachine
{
    private const int CalibrationFolds = 5;

    /// <summary>Finds the dual optimum of rows with labels ±1 where each class has its own C.</summary>
    public static SmoSolution Fit(
        FeatureMatrix rows, double[] labels, Kernel kernel, double positiveC, double negativeC, SvmOptions options,
        CancellationToken cancellationToken)
    {
        KernelCache cache = new(new ComputedKernelRows(kernel, new PackedRows(rows)), options.CacheMegabytes * 1_000_000L);
        SmoProblem problem = SmoProblem.Classification(labels, positiveC, negativeC, options.Tolerance, options.Shrinking);
        return SmoSolver.Solve(problem, cache, null, cancellationToken);
    }

    /// <summary>
    /// Calibrates on decision values of an inner five-fold cross-validation over a random order of the rows, as LIBSVM does;
    /// where a training part has one class only, its decision value is that class's label.
    /// </summary>
    public static PlattScaling Calibrate(
        FeatureMatrix rows, double[] labels, Kernel kernel, double positiveC, double negativeC, SvmOptions options, int[] order,
        CancellationToken cancellationToken)
    {
        double[] values = new double[labels.Length];
        for (int fold = 0; fold < CalibrationFolds; fold++)
        {
            int from = (int)((long)fold * order.Length / CalibrationFolds);
            int to = (int)((long)(fold + 1) * order.Length / CalibrationFolds);
            int[] held = order[from..to];
            int[] training = [.. order[..from], .. order[to..]];
            double[] trainingLabels = Array.ConvertAll(training, i => labels[i]);
            double[] predicted = trainingLabels.Distinct().Count() < 2
                ? Array.ConvertAll(held, _ => trainingLabels.FirstOrDefault())
                : Decide(rows.Select(training), trainingLabels, rows.Select(held));
            for (int i = 0; i < held.Length; i++)
            {
                values[held[i]] = predicted[i];
            }
        }

        return PlattScaling.Fit(values, Array.ConvertAll(labels, y => y > 0));

        double[] Decide(FeatureMatrix training, double[] trainingLabels, FeatureMatrix held)
        {
            SmoSolution solution = Fit(training, trainingLabels, kernel, positiveC, negativeC, options, cancellationToken);
            PackedRows packed = new(training);
            double[] coefficients = new double[packed.PaddedCount];
            solution.Coefficients.CopyTo(coefficients, 0);
            double[] decisions = new double[held.Rows];
            KernelExpansion.ForEachRow(held, packed, kernel.UsesDistances, (row, pairs) =>
            {
                kernel.FromPairs(pairs);
                decisions[row] = KernelExpansion.Dot(pairs, coefficients) + solution.Intercept;
            });
            return decisions;
        }
    }
}
