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

    [Theory]
    [InlineData(double.NaN, 0.1)]
    [InlineData(0.5, null)]
    [InlineData(0.5, 0.0)]
    public void Without_a_spread_or_a_figure_there_is_no_verdict(double ours, double? std) =>
        Assert.Null(FigureComparison.Of(ours, new PublishedValue(0.5, std, [])));
}
