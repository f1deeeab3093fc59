using SerLab.Core;
using SerLab.Training.Svm;
using SerLab.Training.Svm.Kernels;
using SerLab.Training.Svm.Solver;
using Xunit;

namespace SerLab.Training.Tests.Svm;

public class BinaryMachineTests
{
    private static readonly SvcOptions Options = new() { Tolerance = 1e-8 };

    [Theory]
    [InlineData(KernelKind.Rbf)]
    [InlineData(KernelKind.Linear)]
    [InlineData(KernelKind.Polynomial)]
    public void A_fit_that_holds_rows_out_is_the_fit_without_them_also_after_other_fits(KernelKind kind)
    {
        (FeatureMatrix rows, double[] labels) = Overlapping(300);
        Kernel kernel = new(kind, 0.2, 2, 1);
        int[] held = [.. Enumerable.Range(0, labels.Length).Where(i => i % 5 == 2)];
        int[] kept = [.. Enumerable.Range(0, labels.Length).Except(held)];

        using BinaryMachine shared = new(rows, labels, kernel, 2, 0.5, Options);
        shared.Fit([], default);
        shared.Fit([.. held.Select(i => i - 1)], default);
        SmoSolution without = shared.Fit(held, default);

        double[] keptLabels = Array.ConvertAll(kept, i => labels[i]);
        using BinaryMachine apart = new(rows.Select(kept), keptLabels, kernel, 2, 0.5, Options);
        SmoSolution alone = apart.Fit([], default);
        Assert.All(held, i => Assert.Equal(0, without.Coefficients[i]));
        Assert.Equal(alone.DualObjective, without.DualObjective, 1e-6);
        foreach (int i in held)
        {
            double decision = alone.Intercept;
            for (int k = 0; k < kept.Length; k++)
            {
                decision += alone.Coefficients[k] * kernel.Evaluate(rows.Row(kept[k]), rows.Row(i));
            }

            Assert.Equal(decision, labels[i] - without.Errors[i] + without.Intercept, 1e-5);
        }
    }

    private static (FeatureMatrix Rows, double[] Labels) Overlapping(int count)
    {
        SeededRandom random = new(7);
        double[] labels = [.. Enumerable.Range(0, count).Select(i => i % 3 == 0 ? 1.0 : -1.0)];
        float[][] rows = Array.ConvertAll(
            labels, y => Enumerable.Range(0, 4).Select(_ => (float)((0.7 * y) + random.NextDouble(-1.5, 1.5))).ToArray());
        return (FeatureMatrix.FromRows(rows, 4), labels);
    }
}
