using SerLab.Core;
using SerLab.Datasets.Corpora;
using Xunit;

namespace SerLab.Datasets.Tests.Corpora;

public class LabelMapTests
{
    [Theory]
    [InlineData("", "happy<happy; sad<>; <joy; <grief")]
    [InlineData("sad=grief", "happy<happy; sad<grief; <joy")]
    [InlineData("happy=joy", "happy<joy; sad<>; <grief; <happy")]
    [InlineData("happy=joy+happy,sad=grief", "happy<joy+happy; sad<grief")]
    [InlineData("sad=joy,happy=joy", "joy<joy; <grief; <happy")]
    [InlineData("happy=HAPPY", null)]
    [InlineData("cheerful=joy", null)]
    public void A_class_is_one_with_what_the_map_says_else_with_its_namesake(string pairs, string? expected)
    {
        LabelMap map = LabelMap.Parse(pairs.Split(',', StringSplitOptions.RemoveEmptyEntries));
        string[] own = ["happy", "sad"];
        string[] other = ["joy", "grief", "happy"];

        if (expected is null)
        {
            Assert.Throws<UnknownNameException>(() => map.RequireKnown("a", own, "b", other));
            return;
        }

        map.RequireKnown("a", own, "b", other);
        Assert.Equal(
            expected.Split("; ").Order(),
            map.Unite(own, other).Select(Text).Order());

        static string Text(LabelUnion label) => label.IsShared ? $"{label.Name}<{string.Join('+', label.Other)}"
            : label.Own.Count > 0 ? $"{label.Own[0]}<>" : $"<{label.Other[0]}";
    }

    [Fact]
    public void Labels_that_are_tied_many_to_many_have_no_name()
    {
        LabelUnion tied = Assert.Single(LabelMap.Parse("a=x", "a=y", "b=x").Unite(["a", "b"], ["x", "y"]));

        Assert.Contains("tied together", Assert.Throws<InvalidInputException>(() => tied.Name).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("happy")]
    [InlineData("=joy")]
    [InlineData("a=b=c")]
    public void A_pair_of_another_form_is_refused(string pair) =>
        Assert.Contains(
            $"'{pair}' is not a pair",
            Assert.Throws<InvalidInputException>(() => LabelMap.Parse(pair)).Message,
            StringComparison.Ordinal);
}
