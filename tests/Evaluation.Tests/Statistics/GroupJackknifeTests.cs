using SerLab.Core;
using SerLab.Evaluation.Statistics;
using SerLab.Training.Metrics;
using Xunit;

namespace SerLab.Evaluation.Tests.Statistics;

public class GroupJackknifeTests
{
    private const int Rounds = 2000;
    private const int Large = 20_000;

    private static readonly RegressionScorer Ratings = new();
    private static readonly ClassificationScorer Classes = new(["a", "b"]);

    /// <summary>
    /// Groups have abilities of their own, as speakers have: how often classes are right, and how ratings are shifted. What is
    /// true is what very many groups would give.
    /// </summary>
    [Theory]
    [InlineData(6, 0.55)]
    [InlineData(10, 0.55)]
    [InlineData(18, 0.55)]
    [InlineData(6, 0.9)]
    [InlineData(10, 0.9)]
    [InlineData(18, 0.9)]
    public void Intervals_of_accuracy_hold_the_truth_as_often_as_they_promise(int groups, double share) =>
        Assert.InRange(Coverage(Classes, "accuracy", groups, random => Answers(random, share)), 0.925, 0.975);

    [Theory]
    [InlineData(6)]
    [InlineData(10)]
    [InlineData(18)]
    public void Intervals_of_pooled_R2_hold_the_truth_as_often_as_they_promise(int groups) =>
        Assert.InRange(Coverage(Ratings, "r2", groups, Shifted), 0.925, 0.975);

    [Fact]
    public void The_interval_of_a_mean_error_is_that_of_the_normal_distribution()
    {
        // 400 clips, each a group, half with error 0 and half with error 1: the mean error is .5 with standard error .5 / √400,
        // and its logarithm .05 / 1, by which it is multiplied.
        PredictionSet set = new(new double[400], [.. Enumerable.Range(0, 400).Select(i => (double)(i % 2))], []);

        ConfidenceInterval interval = IntervalsOf(Ratings, set, [.. Enumerable.Range(0, 400)])[3];

        Assert.Equal(0.5 * Math.Exp(-1.966 * 0.05), interval.Low, 0.001);
        Assert.Equal(0.5 * Math.Exp(1.966 * 0.05), interval.High, 0.001);
    }

    [Fact]
    public void Clips_that_move_together_widen_the_interval()
    {
        PredictionSet set = new(new double[400], [.. Enumerable.Range(0, 400).Select(i => (double)(i / 20 % 2))], []);

        ConfidenceInterval alone = IntervalsOf(Ratings, set, [.. Enumerable.Range(0, 400)])[3];
        ConfidenceInterval grouped = IntervalsOf(Ratings, set, [.. Enumerable.Range(0, 400).Select(i => i / 20)])[3];

        Assert.True(grouped.High - grouped.Low > 3 * (alone.High - alone.Low));
    }

    [Fact]
    public void Many_groups_are_left_out_in_parts_and_give_nearly_the_same_interval()
    {
        SeededRandom random = new(4);
        double[] errors = [.. Enumerable.Range(0, 3000).Select(_ => random.NextDouble())];
        PredictionSet set = new(new double[3000], errors, []);

        ConfidenceInterval interval = IntervalsOf(Ratings, set, [.. Enumerable.Range(0, 3000)])[3];

        double reach = 1.96 * Math.Sqrt(1 / 12.0 / 3000);
        Assert.Equal(errors.Average() - reach, interval.Low, 0.002);
        Assert.Equal(errors.Average() + reach, interval.High, 0.002);
    }

    [Fact]
    public void One_group_has_no_interval_and_a_perfect_score_has_one_that_ends_there()
    {
        Assert.Equal(double.NaN, GroupJackknife.Intervals(1, 5, [Metric.Share("x", "x")], _ => [0.5])[0].Low);

        ConfidenceInterval perfect = GroupJackknife.Intervals(4, 40, [Metric.Share("x", "x")], _ => [1.0])[0];
        Assert.Equal(1, perfect.High);
        Assert.InRange(perfect.Low, 0.95, 1);
    }

    private static double Coverage(
        IScorer scorer, string metric, int groups, Func<SeededRandom, (double Truth, double Predicted)[]> draw)
    {
        int position = scorer.Metrics.Index().First(m => m.Item.Name == metric).Index;
        SeededRandom random = new(11);
        double truth = scorer.Score(SetOf([.. Enumerable.Range(0, Large).SelectMany(_ => draw(random))]))[position];
        int held = 0;
        for (int round = 0; round < Rounds; round++)
        {
            (double Truth, double Predicted)[][] drawn = [.. Enumerable.Range(0, groups).Select(_ => draw(random))];
            ConfidenceInterval interval = IntervalsOf(
                scorer,
                SetOf([.. drawn.SelectMany(clips => clips)]),
                [.. drawn.SelectMany((clips, g) => Enumerable.Repeat(g, clips.Length))])[position];
            held += interval.Low <= truth && truth <= interval.High ? 1 : 0;
        }

        return (double)held / Rounds;
    }

    private static (double Truth, double Predicted)[] Answers(SeededRandom random, double share)
    {
        // On the scale of the logarithm of the odds abilities differ by half.
        double odds = Math.Log(share / (1 - share)) + (0.5 * random.NextGaussian());
        double own = 1 / (1 + Math.Exp(-odds));
        return [.. Enumerable.Range(0, 30).Select(i => ((double)(i % 2), random.NextDouble() < own ? i % 2 : 1.0 - (i % 2)))];
    }

    private static (double Truth, double Predicted)[] Shifted(SeededRandom random)
    {
        double mood = 0.6 * random.NextGaussian();
        double shift = 0.35 * random.NextGaussian();
        return
        [
            .. Enumerable.Range(0, 15).Select(_ =>
            {
                double own = 0.8 * random.NextGaussian();
                return (mood + own, (0.5 * mood) + (0.4 * own) + shift + (0.3 * random.NextGaussian()));
            }),
        ];
    }

    private static PredictionSet SetOf((double Truth, double Predicted)[] clips) =>
        new([.. clips.Select(clip => clip.Truth)], [.. clips.Select(clip => clip.Predicted)], Probabilities(clips));

    // Accuracy follows the classes; probabilities only have to be there.
    private static double[] Probabilities((double Truth, double Predicted)[] clips) =>
        [.. clips.SelectMany(clip => (double[])[1 - clip.Predicted, clip.Predicted])];

    private static ConfidenceInterval[] IntervalsOf(IScorer scorer, PredictionSet set, int[] groups)
    {
        int count = groups.Max() + 1;
        return GroupJackknife.Intervals(count, set.Count, scorer.Metrics, scorer.PrepareDraws(set, groups, count));
    }
}
