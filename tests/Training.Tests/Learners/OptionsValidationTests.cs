using System.ComponentModel.DataAnnotations;
using SerLab.Core;
using Xunit;

namespace SerLab.Training.Tests.Learners;

public class OptionsValidationTests
{
    [Theory]
    [InlineData(1, 0.5, null)]
    [InlineData(9, 1.0, 3)]
    public void Options_in_range_are_returned_as_they_are(int rounds, double rate, int? depth)
    {
        SampleOptions options = new() { Rounds = rounds, Rate = rate, Depth = depth };

        Assert.Same(options, OptionsValidation.Check(options));
    }

    [Theory]
    [InlineData(0, 0.5, null, "Rounds is 0; expected 1 to 9.")]
    [InlineData(10, 0.5, null, "Rounds is 10; expected 1 to 9.")]
    [InlineData(1, 0.0, null, "Rate is 0; expected above 0 to 1.")]
    [InlineData(1, double.NaN, null, "Rate is NaN; expected above 0 to 1.")]
    [InlineData(1, 0.5, -1, "Depth is -1; expected 1 to 5.")]
    public void An_option_out_of_range_is_named_with_its_range(int rounds, double rate, int? depth, string message)
    {
        SampleOptions options = new() { Rounds = rounds, Rate = rate, Depth = depth };

        ArgumentOutOfRangeException error =
            Assert.Throws<ArgumentOutOfRangeException>(() => OptionsValidation.Check(options));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_choice_that_does_not_exist_is_named_with_those_that_do()
    {
        SampleOptions options = new() { Rounds = 1, Rate = 1, Day = (DayOfWeek)8 };

        ArgumentOutOfRangeException error =
            Assert.Throws<ArgumentOutOfRangeException>(() => OptionsValidation.Check(options));

        Assert.StartsWith("Day is 8; expected one of Sunday, Monday", error.Message, StringComparison.Ordinal);
    }

    private sealed record SampleOptions
    {
        [Range(1, 9)]
        public int Rounds { get; init; }

        [Range(0.0, 1.0, MinimumIsExclusive = true)]
        public double Rate { get; init; }

        [Range(1, 5)]
        public int? Depth { get; init; }

        public DayOfWeek Day { get; init; }
    }
}
