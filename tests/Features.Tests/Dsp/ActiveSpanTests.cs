using SerLab.Features.Dsp;
using Xunit;

namespace SerLab.Features.Tests.Dsp;

public class ActiveSpanTests
{
    [Fact]
    public void It_reaches_from_the_first_to_the_last_loud_frame_over_pauses() =>
        Assert.Equal(new ActiveSpan(2, 5), ActiveSpan.Of([-90, -60, -20, -5, -90, -70, -25, -60], range: 25));

    [Fact]
    public void A_gain_changes_nothing() =>
        Assert.Equal(ActiveSpan.Of([-90, -20, 0, -30], 25), ActiveSpan.Of([-50, 20, 40, 10], 25));

    [Fact]
    public void Equal_levels_are_active_throughout() => Assert.Equal(new ActiveSpan(0, 3), ActiveSpan.Of([-100, -100, -100], 0));

    [Fact]
    public void Undefined_levels_are_not_loud() =>
        Assert.Equal(new ActiveSpan(1, 1), ActiveSpan.Of([float.NaN, -10, float.NaN], 25));

    [Fact]
    public void Without_levels_nothing_is_active()
    {
        Assert.Equal(0, ActiveSpan.Of([], 25).Count);
        Assert.Equal(0, ActiveSpan.Of([float.NaN, float.NaN], 25).Count);
    }
}
