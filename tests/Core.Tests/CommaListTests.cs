using Xunit;

namespace SerLab.Core.Tests;

public class CommaListTests
{
    [Theory]
    [InlineData("a,b , c", new[] { "a", "b", "c" })]
    [InlineData("a, average(b, c), d", new[] { "a", "average(b, c)", "d" })]
    [InlineData("f(g(a, b), c),,", new[] { "f(g(a, b), c)" })]
    [InlineData("open(a, b", new[] { "open(a, b" })]
    [InlineData("", new string[0])]
    public void Commas_within_parentheses_belong_to_their_item(string text, string[] items) =>
        Assert.Equal(items, CommaList.Split(text));
}
