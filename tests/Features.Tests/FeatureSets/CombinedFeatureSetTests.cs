using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using Xunit;

namespace SerLab.Features.Tests.FeatureSets;

public class CombinedFeatureSetTests
{
    private static readonly Catalogue<FeatureSet> Sets = FeatureSetCatalogue.BuiltIn;

    private static readonly AudioSignal Sound =
        new(Enumerable.Range(0, 22_050).Select(i => MathF.Sin(i * (0.05f + (i * 1e-6f)))).ToArray(), 22_050);

    [Fact]
    public void Rows_become_longer_rows_in_the_order_of_the_sets()
    {
        FeatureSet both = Sets.GetSet("librosa180+meyda74");
        (FeatureSet first, FeatureSet second) = (Sets.Get("librosa180"), Sets.Get("meyda74"));

        Assert.True(both.Shape.IsFeatures);
        Assert.Equal("librosa180+meyda74", both.Id);
        Assert.Equal(
            [.. first.Names.Select(name => $"librosa180:{name}"), .. second.Names.Select(name => $"meyda74:{name}")], both.Names);
        Assert.Equal([.. first.Extract(Sound), .. second.Extract(Sound)], both.Extract(Sound));
        Assert.Equal([0, 180], both.Shape.Parts.Select(part => part.Offset));
    }

    [Fact]
    public void Rows_and_series_become_one_axis_of_values()
    {
        FeatureSet both = Sets.GetSet("meyda74+logmel64@0.5s");

        Assert.False(both.Shape.IsFeatures);
        Assert.Equal(["meyda74", "logmel64@0.5s"], both.Shape.Parts.Select(part => part.Name));
        Assert.Equal(both.Shape.Size, both.Extract(Sound).Length);
        Assert.Equal(64, both.Shape.Parts[1].Shape.Axes[^1].Length);
    }

    [Fact]
    public void Keys_tell_sets_and_their_order_apart() => Assert.Equal(
        3,
        new[] { "librosa180+meyda74", "meyda74+librosa180", "meyda74+librosa360" }
            .Select(name => Sets.GetSet(name).Key).Distinct().Count());

    [Fact]
    public void A_sum_is_computed_inside_a_model_where_all_its_sets_are()
    {
        Assert.NotNull(Sets.GetSet("meyda74+librosa180").Graph);
        Assert.Null(Sets.GetSet("meyda74+cqt84@3s").Graph);
    }

    [Theory]
    [InlineData("meyda74+logmel64", "logmel64@3s")]
    [InlineData("meyda74+meyda74", "twice")]
    [InlineData("meyda74+librosa18", "Did you mean 'librosa180'?")]
    [InlineData("meyda74+", "There is no feature set ''")]
    public void What_cannot_stand_side_by_side_is_refused_with_advice(string name, string advice) => Assert.Contains(
        advice,
        Assert.ThrowsAny<InvalidInputException>(() => Sets.GetSet(name)).Message,
        StringComparison.Ordinal);
}
