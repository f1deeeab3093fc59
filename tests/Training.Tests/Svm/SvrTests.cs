using FsCheck.Fluent;
using SerLab.Core;
using SerLab.Training.Learners;
using SerLab.Training.Svm;
using SerLab.Training.Svm.Kernels;
using Xunit;

namespace SerLab.Training.Tests.Svm;

public class SvrTests
{
    private static readonly SvmData Data = SvmData.Generate(11, 220, 5);

    public static TheoryData<SvrOptions> VariedOptions => new(
        new SvrOptions { Tolerance = 1e-5 },
        new SvrOptions { Tolerance = 1e-5, Epsilon = 0, C = 3 },
        new SvrOptions { Tolerance = 1e-5, C = 100, Gamma = Gamma.Scale },
        new SvrOptions { Tolerance = 1e-5, C = 0.2, Kernel = KernelKind.Linear },
        new SvrOptions { Tolerance = 1e-5, Kernel = KernelKind.Polynomial, Degree = 2, Coef0 = 1, Epsilon = 0.3 });

    [Theory]
    [MemberData(nameof(VariedOptions))]
    public void Solution_meets_the_optimality_conditions(SvrOptions options)
    {
        SvrModel model = Fit(Data, options);

        double[] beta = Coefficients(model, Data.Targets.Length);
        double[] residuals = [.. Data.Targets.Zip(model.Predict(Data.Rows).Values, (y, f) => y - f)];
        Assert.Equal(0, beta.Sum(), 1e-9 * options.C * beta.Length);
        for (int i = 0; i < beta.Length; i++)
        {
            Assert.InRange(beta[i], -options.C, options.C);
            double slack = Math.Abs(residuals[i]) - options.Epsilon;
            bool atBound = Math.Abs(beta[i]) == options.C;

            // Inside the tube: 0. On its edge: anything. Outside: at the bound, with the sign of the residual.
            Assert.True(beta[i] != 0 || slack < 1e-3, $"row {i} lies outside the tube without a coefficient");
            Assert.True(beta[i] == 0 || slack > -1e-3, $"row {i} lies inside the tube with a coefficient");
            Assert.True(atBound || slack < 1e-3, $"row {i} lies outside the tube below the bound");
            Assert.True(beta[i] == 0 || residuals[i] * beta[i] > -1e-3, $"row {i} pulls to the wrong side");
        }
    }

    [Theory]
    [MemberData(nameof(VariedOptions))]
    public void Primal_and_dual_objectives_meet(SvrOptions options)
    {
        SvrModel model = Fit(Data, options);

        double[] beta = Coefficients(model, Data.Targets.Length);
        double[] predictions = model.Predict(Data.Rows).Values;
        double norm = beta.Zip(predictions, (b, f) => b * (f - model.Intercept)).Sum();
        double losses = Data.Targets.Zip(predictions, (y, f) => Math.Max(0, Math.Abs(y - f) - options.Epsilon)).Sum();
        double primal = (0.5 * norm) + (options.C * losses);
        double dual = -model.Fit.DualObjective;
        Assert.InRange(primal - dual, -1e-4 * (1 + Math.Abs(dual)), 1e-3 * (1 + Math.Abs(dual)));
    }

    [Theory]
    [MemberData(nameof(VariedOptions))]
    public void Shrinking_changes_nothing_but_speed(SvrOptions options)
    {
        SvrModel shrunk = Fit(Data, options with { Shrinking = true });
        SvrModel plain = Fit(Data, options with { Shrinking = false });

        AssertSame(plain, shrunk, Data.Rows);
    }

    [Fact]
    public void A_cache_too_small_for_the_matrix_changes_nothing_but_speed()
    {
        // 900 rows need 3.3 MB; 1 MB holds 274 of them, so rows are evicted and computed again, in shrunk and full length.
        SvmData data = SvmData.Generate(12, 900, 4);
        SvrOptions options = new() { Tolerance = 1e-5, C = 20, Epsilon = 0.2 };

        AssertSame(Fit(data, options), Fit(data, options with { CacheMegabytes = 1 }), data.Rows);
    }

    [Fact]
    public void The_order_of_rows_does_not_matter() => Prop.ForAll(
        Gen.Shuffle(Enumerable.Range(0, 80)).ToArbitrary(),
        order =>
        {
            SvmData data = Data.Take(..80);
            SvrOptions options = new() { Tolerance = 1e-7 };
            AssertSame(Fit(data, options), Fit(data.Reorder([.. order]), options), Data.Rows);
        }).Holds(cases: 20);

    [Fact]
    public void A_prediction_does_not_depend_on_the_rows_beside_it()
    {
        SvrModel model = Fit(Data, new SvrOptions());
        double[] together = model.Predict(Data.Rows).Values;

        for (int i = 0; i < 11; i++)
        {
            Assert.Equal(together[i], model.Predict(Data.Rows.Select([i])).Values[0]);
            Assert.Equal(together[..(i + 1)], model.Predict(Data.Take(..(i + 1)).Rows).Values);
        }
    }

    [Fact]
    public void Constant_targets_are_answered_with_the_constant()
    {
        SvrModel model = (SvrModel)new SvrLearner().Fit(Data.Rows, Enumerable.Repeat(0.7, 220).ToArray(), 0);

        Assert.Equal(0, model.SupportVectors.Rows);
        Assert.All(model.Predict(Data.Rows).Values, prediction => Assert.Equal(0.7, prediction, 1e-12));
    }

    [Fact]
    public void One_row_is_answered_with_its_target()
    {
        SvrModel model = (SvrModel)new SvrLearner().Fit(new FeatureMatrix([1, 2], 1, 2), [-0.4], 0);

        Assert.Equal([-0.4, -0.4], model.Predict(new FeatureMatrix([1, 2, 9, 9], 2, 2)).Values);
    }

    [Fact]
    public void Equal_rows_with_different_targets_are_answered_between_them()
    {
        SvrModel model = (SvrModel)new SvrLearner(new SvrOptions { C = 10, Epsilon = 0.01 })
            .Fit(new FeatureMatrix([1, 1, 1, 5], 4, 1), [0, 0.3, 1, 2], 0);

        Assert.True(model.Fit.Converged);
        Assert.Equal(0.3, model.Predict(new FeatureMatrix([1], 1, 1)).Values[0], 0.02);
    }

    [Fact]
    public void Duplicating_every_row_is_the_same_as_doubling_the_cost()
    {
        int[] twice = [.. Enumerable.Range(0, 160).Select(i => i / 2)];
        SvrOptions options = new() { Tolerance = 1e-7 };

        SvrModel duplicated = Fit(Data.Take(..80).Reorder(twice), options);
        SvrModel doubled = Fit(Data.Take(..80), options with { C = 2 });

        AssertSame(doubled, duplicated, Data.Rows);
    }

    [Fact]
    public void A_linear_kernel_finds_the_line()
    {
        float[] x = [.. Enumerable.Range(0, 40).Select(i => i / 10f)];
        double[] y = Array.ConvertAll(x, v => (3.0 * v) - 1);

        SvrOptions options = new() { Kernel = KernelKind.Linear, C = 100, Epsilon = 0, Tolerance = 1e-4 };
        IModel model = new SvrLearner(options).Fit(new FeatureMatrix(x, 40, 1), y, 0);

        Assert.Equal(29, model.Predict(new FeatureMatrix([10], 1, 1)).Values[0], 1e-2);
    }

    [Fact]
    public void Values_that_overflow_a_kernel_are_refused_and_a_radial_one_takes_them()
    {
        FeatureMatrix rows = new([1e30f, -2e30f, 3e30f, 1], 4, 1);

        string message = Assert.Throws<InvalidInputException>(() =>
            new SvrLearner(new SvrOptions { Kernel = KernelKind.Linear }).Fit(rows, [1, 2, 3, 4], 0)).Message;
        Assert.Contains("Row 0", message, StringComparison.Ordinal);
        Assert.All(new SvrLearner().Fit(rows, [1, 2, 3, 4], 0).Predict(rows).Values, value => Assert.InRange(value, 1, 4));
    }

    [Fact]
    public void Model_tells_all_that_its_prediction_is_made_of()
    {
        SvrModel model = Fit(Data, new SvrOptions { Gamma = 0.3 });

        double sum = model.Intercept;
        for (int i = 0; i < model.SupportVectors.Rows; i++)
        {
            Assert.True(model.SupportVectors.Row(i).SequenceEqual(Data.Rows.Row(model.SupportIndices[i])));
            sum += model.DualCoefficients[i] * model.Kernel.Evaluate(model.SupportVectors.Row(i), Data.Rows.Row(7));
        }

        Assert.Equal(0.3, model.Kernel.Gamma);
        Assert.Equal(sum, model.Predict(Data.Rows).Values[7], 1e-12);
    }

    internal static SvrModel Fit(SvmData data, SvrOptions options) =>
        (SvrModel)new SvrLearner(options).Fit(data.Rows, data.Targets, 0);

    internal static void AssertSame(SvrModel expected, SvrModel actual, FeatureMatrix rows)
    {
        Assert.True(expected.Fit.Converged && actual.Fit.Converged);
        Assert.Equal(expected.Predict(rows).Values, actual.Predict(rows).Values, (e, a) => Math.Abs(e - a) < 1e-3);
    }

    private static double[] Coefficients(SvrModel model, int rows)
    {
        double[] beta = new double[rows];
        for (int i = 0; i < model.SupportIndices.Length; i++)
        {
            beta[model.SupportIndices[i]] = model.DualCoefficients[i];
        }

        return beta;
    }
}
