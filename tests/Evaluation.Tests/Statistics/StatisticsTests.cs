using FsCheck.Fluent;
using SerLab.Evaluation.Statistics;
using SerLab.Training.Metrics;
using Xunit;

using TestResult = SerLab.Evaluation.Statistics.TestResult;

namespace SerLab.Evaluation.Tests.Statistics;

public class StatisticsTests
{
    [Fact]
    public void Scoring_weighted_groups_is_scoring_repeated_clips() =>
        Prop.ForAll(Gen.Choose(0, 100_000).ToArbitrary(), seed =>
        {
            Random random = new(seed);
            const int Groups = 6;
            int count = random.Next(10, 40);
            int[] groups = [.. Enumerable.Range(0, count).Select(_ => random.Next(Groups))];
            int[] weights = [.. Enumerable.Range(0, Groups).Select(g => random.Next(g == 0 ? 1 : 0, 4))];
            groups[0] = 0;
            double[] continuous = [.. groups.Select(_ => random.NextDouble())];
            double[] classes = [.. groups.Select(_ => (double)random.Next(3))];
            double[] named = [.. groups.Select(_ => (double)random.Next(3))];
            double[] probabilities =
                [.. groups.SelectMany(_ => Normalise([.. Enumerable.Range(0, 3).Select(_ => random.NextDouble())]))];

            AssertSame(new RegressionScorer(), new PredictionSet(
                continuous, [.. continuous.Select(t => t + random.NextDouble())], []));
            AssertSame(new ClassificationScorer(["a", "b", "c"]), new PredictionSet(classes, named, probabilities));

            void AssertSame(IScorer scorer, PredictionSet set)
            {
                int[] repeated = [.. Enumerable.Range(0, count).SelectMany(i => Enumerable.Repeat(i, weights[groups[i]]))];
                int width = set.Probabilities.Length / count;
                double[] expected = scorer.Score(new PredictionSet(
                    [.. repeated.Select(i => set.Truth[i])],
                    [.. repeated.Select(i => set.Predicted[i])],
                    [.. repeated.SelectMany(i => set.Probabilities.Skip(i * width).Take(width))]));
                double[] actual = scorer.PrepareDraws(set, groups, Groups)(weights);
                Assert.Equal(expected, actual, (a, b) => a.Equals(b) || Math.Abs(a - b) < 1e-9);
            }
        }).Holds();

    [Fact]
    public void The_corrected_t_test_has_the_statistic_and_probability_computed_elsewhere()
    {
        double[] differences = [0.02, 0.05, -0.01, 0.03, 0.04, 0.00, 0.06, 0.01, 0.03, 0.02];

        TestResult result = CorrectedResampledTTest.Compare(differences, new double[10], 1.0 / 9);

        // Statistic by the equation, p by Simpson integration of the density of t with 9 degrees of freedom.
        Assert.Equal(0.025, result.Difference, 1e-12);
        Assert.Equal(2.5038669783359575, result.Statistic, 1e-9);
        Assert.Equal(0.03364765706111161, result.PValue, 1e-9);
    }

    [Fact]
    public void The_corrected_t_test_is_defined_at_its_edges()
    {
        Assert.Equal(1, CorrectedResampledTTest.Compare([1, 2, 3], [1, 2, 3], 0.1).PValue);
        Assert.Equal(0, CorrectedResampledTTest.Compare([2, 3, 4], [1, 2, 3], 0.1).PValue);
        Assert.Equal(double.NaN, CorrectedResampledTTest.Compare([1], [2], 0.1).PValue);
        Assert.Equal(double.NaN, CorrectedResampledTTest.Compare([1, double.NaN, 2], [2, 1, 1], 0.1).PValue);
    }

    [Fact]
    public void Holm_corrects_step_by_step()
    {
        double[] adjusted = Holm.Adjust([0.01, 0.04, double.NaN, 0.03, 0.005]);

        Assert.Equal([0.03, 0.06, double.NaN, 0.06, 0.02], adjusted, (a, b) => a.Equals(b) || Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void McNemar_is_exact_for_few_clips_and_chi_squared_for_many()
    {
        Assert.Equal(2 * (1 + 10 + 45) / 1024.0, McNemar.Compare(2, 8).PValue, 1e-12);
        Assert.Equal(1, McNemar.Compare(0, 0).PValue);
        Assert.Equal(9.025, McNemar.Compare(10, 30).Statistic, 1e-12);
        Assert.Equal(0.002663119259138554, McNemar.Compare(30, 10).PValue, 1e-9);
        Assert.Equal(1, McNemar.Compare([0, 1, 1], [0, 1, 0], [0, 1, 1]).PValue, 1e-12);
    }

    private static double[] Normalise(double[] values) => [.. values.Select(v => v / values.Sum())];
}
