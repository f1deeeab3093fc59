using SerLab.Core;
using SerLab.Training.Conformal;
using Xunit;

namespace SerLab.Training.Tests.Conformal;

public sealed class GroupQuantileTests
{
    [Theory]
    [InlineData(9, 9)]
    [InlineData(10, 10)]
    [InlineData(19, 18)]
    [InlineData(99, 90)]
    public void Scores_that_are_groups_of_their_own_have_the_bound_of_split_conformal_prediction(int count, int rank)
    {
        // The ⌈(n + 1) · 0.9⌉-th smallest (Vovk, Gammerman and Shafer 2005).
        double[] scores = [.. Enumerable.Range(1, count).Select(i => (double)(i * 7 % count == 0 ? count : i * 7 % count))];

        ScoreBound bound = GroupQuantile.Of([.. scores.Order()], [.. Enumerable.Range(0, count)], 0.9);

        Assert.Equal(new ScoreBound(scores.Order().ElementAt(rank - 1), true), bound);
    }

    [Fact]
    public void Scores_that_are_equal_within_a_group_count_once()
    {
        int[] groups = [.. Enumerable.Range(0, 19 * 6).Select(i => i / 6)];

        ScoreBound bound = GroupQuantile.Of([.. groups.Select(group => (double)group)], groups, 0.9);

        Assert.Equal(new ScoreBound(17, true), bound);
    }

    [Fact]
    public void A_large_group_counts_no_more_than_a_small_one()
    {
        int[] groups = [.. Enumerable.Repeat(0, 1000), .. Enumerable.Range(1, 29)];
        double[] scores = [.. Enumerable.Repeat(1000.0, 1000), .. Enumerable.Range(1, 29).Select(i => (double)i)];

        Assert.InRange(GroupQuantile.Of(scores, groups, 0.9).Value, 27, 29);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    public void Groups_too_few_for_the_level_give_the_largest_score_and_say_so(int count)
    {
        int[] groups = [.. Enumerable.Range(0, 40).Select(i => i % count)];
        double[] scores = [.. groups.Select(group => (double)group)];

        Assert.Equal(new ScoreBound(count - 1, false), GroupQuantile.Of(scores, groups, 0.9));
    }

    [Theory]
    [InlineData(6, 0)]
    [InlineData(6, 0.9)]
    [InlineData(10, 0.5)]
    [InlineData(18, 0)]
    [InlineData(18, 0.9)]
    [InlineData(24, 0.5)]
    [InlineData(60, 0.9)]
    public void A_score_of_a_new_group_stays_below_the_bound_as_often_as_promised(int groups, double likeness)
    {
        // Errors are normal, and clips of a group share the given part of their variance.
        SeededRandom random = new(SeededRandom.Derive(7, $"{groups}/{likeness}"));
        const int clips = 20;
        int[] groupOf = [.. Enumerable.Range(0, groups * clips).Select(i => i / clips)];
        int within = 0, all = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            double[] scores = [.. Enumerable.Range(0, groups).SelectMany(_ => Group(clips))];
            double bound = GroupQuantile.Of(scores, groupOf, 0.9).Value;
            for (int unseen = 0; unseen < 20; unseen++)
            {
                within += Group(10).Count(score => score <= bound);
                all += 10;
            }
        }

        Assert.InRange((double)within / all, 0.88, 0.93);

        double[] Group(int count)
        {
            double shift = Math.Sqrt(likeness) * random.NextGaussian();
            return
            [
                .. Enumerable.Range(0, count)
                    .Select(_ => Math.Abs(shift + (Math.Sqrt(1 - likeness) * random.NextGaussian()))),
            ];
        }
    }
}
