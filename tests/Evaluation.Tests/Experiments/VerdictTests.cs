using SerLab.Evaluation.Experiments;
using Xunit;

namespace SerLab.Evaluation.Tests.Experiments;

public class VerdictTests
{
    [Theory]
    [InlineData(0.5, 0, Verdict.Reproduced)]
    [InlineData(0.375, -1, Verdict.Reproduced)]
    [InlineData(0.6875, 1.5, Verdict.Close)]
    [InlineData(0.25, -2, Verdict.Close)]
    [InlineData(0.8125, 2.5, Verdict.Differs)]
    public void A_verdict_counts_published_standard_deviations(double ours, double units, Verdict verdict)
    {
        FigureComparison comparison = FigureComparison.Of(ours, new PublishedValue(0.5, 0.125, []))!;

        Assert.Equal((units, verdict), (comparison.InStds, comparison.Verdict));
        Assert.Equal(ours - 0.5, comparison.Difference);
    }

    [Fact]
    public void A_single_published_split_is_judged_by_its_binomial_error_and_our_spread_together()
    {
        PublishedValue split = new(0.74, 0.03, [], IsOneSplit: true);

        Assert.Equal(Verdict.Differs, FigureComparison.Of(0.64, split)!.Verdict);
        FigureComparison comparison = FigureComparison.Of(0.64, split, overSplits: 0.04)!;
        Assert.Equal((0.05, -2.0), (comparison.Spread, Math.Round(comparison.InStds, 9)));
        Assert.Equal(Verdict.Close, FigureComparison.Of(0.65, split, overSplits: 0.04)!.Verdict);
        Assert.Equal(0.03, FigureComparison.Of(0.64, split with { IsOneSplit = false }, overSplits: 0.04)!.Spread);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 3)]
    public void The_place_of_a_published_figure_says_how_many_of_our_splits_reach_it(bool higherIsBetter, int reached) =>
        Assert.Equal((2, reached), (
            PublishedPlace.Of([0.1, 0.2, 0.3], 0.3, higherIsBetter)!.Lower,
            PublishedPlace.Of([0.1, 0.2, 0.3], 0.3, higherIsBetter)!.Reached));

    [Theory]
    [InlineData(double.NaN, 0.1)]
    [InlineData(0.5, null)]
    [InlineData(0.5, 0.0)]
    public void Without_a_spread_or_a_figure_there_is_no_verdict(double ours, double? std) =>
        Assert.Null(FigureComparison.Of(ours, new PublishedValue(0.5, std, [])));
}
