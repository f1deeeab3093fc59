using FsCheck.Fluent;
using Xunit;

namespace SerLab.Architecture.Tests;

/// <summary>A property that fails does so with the same cases everywhere, and says by which seed.</summary>
public class PropertySeedTests
{
    [Fact]
    public void Given_a_property_that_fails_then_the_message_tells_the_seed_and_another_run_the_same()
    {
        string first = Message(), second = Message();

        Assert.Contains("Falsifiable", first, StringComparison.Ordinal);
        Assert.Matches(@"\(\d+,\d+\)", first);
        Assert.Equal(first, second);
    }

    private static string Message() => Assert.ThrowsAny<Exception>(
        () => Prop.ForAll(Gen.Choose(0, 1000).ToArbitrary(), number => number < 900).Holds()).Message.Split("Stack")[0];
}
