using FsCheck.Fluent;
using SerLab.Training.Metrics;
using Xunit;

namespace SerLab.Training.Tests.Metrics;

public class RegressionMetricTests
{
    private static readonly double[] Truth = [3, -0.5, 2, 7];
    private static readonly double[] Predicted = [2.5, 0.0, 2, 8];

    [Fact]
    public void The_figures_of_scikit_learns_documentation_come_out()
    {
        Assert.Equal(0.948608137, RegressionMetrics.RSquared(Truth, Predicted), 1e-9);
        Assert.Equal(0.375, RegressionMetrics.MeanSquaredError(Truth, Predicted), 1e-15);
        Assert.Equal(0.612372436, RegressionMetrics.RootMeanSquaredError(Truth, Predicted), 1e-9);
        Assert.Equal(0.5, RegressionMetrics.MeanAbsoluteError(Truth, Predicted), 1e-15);
    }

    [Fact]
    public void Correlation_and_concordance_are_those_computed_by_hand()
    {
        // Means 2.5 and 2.5, variances 5/4 each, covariance 1: Pearson 1 / 1.25, and no shift between the means.
        Assert.Equal(0.8, RegressionMetrics.Pearson([1, 2, 3, 4], [1, 3, 2, 4]), 1e-15);
        Assert.Equal(0.8, RegressionMetrics.Concordance([1, 2, 3, 4], [1, 3, 2, 4]), 1e-15);

        // A shift by 1 leaves the correlation and costs concordance: 2 · 1.25 / (1.25 + 1.25 + 1).
        Assert.Equal(1, RegressionMetrics.Pearson([1, 2, 3, 4], [2, 3, 4, 5]), 1e-15);
        Assert.Equal(2.5 / 3.5, RegressionMetrics.Concordance([1, 2, 3, 4], [2, 3, 4, 5]), 1e-15);
    }

    [Fact]
    public void What_is_undefined_is_not_a_number()
    {
        Assert.Equal(double.NaN, RegressionMetrics.RSquared([0.1, 0.1, 0.1], [0.1, 0.2, 0.3]));
        Assert.Equal(double.NaN, RegressionMetrics.Pearson([0.1, 0.1, 0.1], [0.1, 0.2, 0.3]));
        Assert.Equal(double.NaN, RegressionMetrics.Pearson([0.1, 0.2, 0.3], [0.1, 0.1, 0.1]));
        Assert.Equal(double.NaN, RegressionMetrics.Concordance([0.1, 0.1], [0.1, 0.1]));
        Assert.Equal(0, RegressionMetrics.Concordance([0.1, 0.1], [0.3, 0.3]));
        Assert.Equal(double.NaN, RegressionMetrics.RSquared([0.7], [0.7]));
    }

    [Fact]
    public void A_large_offset_costs_no_digits()
    {
        double[] truth = [.. Truth.Select(t => t + 1e9)];
        double[] predicted = [.. Predicted.Select(p => p + 1e9)];

        Assert.Equal(RegressionMetrics.RSquared(Truth, Predicted), RegressionMetrics.RSquared(truth, predicted), 1e-9);
        Assert.Equal(RegressionMetrics.Pearson(Truth, Predicted), RegressionMetrics.Pearson(truth, predicted), 1e-9);
    }

    [Fact]
    public void On_ranks_the_pooled_error_follows_from_the_determination() =>
        Prop.ForAll(Gen.Choose(2, 400).Zip(Gen.Choose(0, 10_000)).ToArbitrary(), given =>
        {
            (int count, int seed) = given;
            Random random = new(seed);
            double[] truth = [.. Enumerable.Range(1, count).Select(k => (2.0 * k / count) - 1)];
            random.Shuffle(truth);
            double[] predicted = [.. truth.Select(t => (0.6 * t) + random.NextDouble() - 0.5)];

            double r2 = RegressionMetrics.RSquared(truth, predicted);
            double mse = RegressionMetrics.MeanSquaredError(truth, predicted);

            // The variance of the ranks is (1 − 1/n²)/3 exactly, so the identity holds up to that factor.
            Assert.Equal((1 - r2) / 3 * (1 - (1.0 / count / count)), mse, 1e-12 * Math.Max(1, Math.Abs(r2)));
        }).Holds();

    [Fact]
    public void Metrics_do_not_depend_on_the_order_of_clips_and_keep_their_bounds() =>
        Prop.ForAll(Gen.Choose(0, 100_000).ToArbitrary(), seed =>
        {
            Random random = new(seed);
            int count = random.Next(3, 60);
            double[] truth = [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() * 2) - 1)];
            double[] predicted = [.. truth.Select(t => t + random.NextDouble() - 0.5)];
            int[] order = [.. Enumerable.Range(0, count)];
            random.Shuffle(order);
            RegressionScorer scorer = new();

            double[] values = scorer.Score(new PredictionSet(truth, predicted, []));
            double[] shuffled = scorer.Score(new PredictionSet(
                [.. order.Select(i => truth[i])], [.. order.Select(i => predicted[i])], []));

            Assert.Equal(values, shuffled, (a, b) => Math.Abs(a - b) < 1e-9);
            Assert.InRange(values[0], double.NegativeInfinity, (values[4] * values[4]) + 1e-12);
            Assert.InRange(Math.Abs(values[5]), 0, Math.Abs(values[4]) + 1e-12);
            Assert.InRange(values[3], 0, values[2] + 1e-12);
        }).Holds();
}
