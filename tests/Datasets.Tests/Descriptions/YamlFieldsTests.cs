using SerLab.Core;
using SerLab.Datasets.Descriptions;
using Xunit;

namespace SerLab.Datasets.Tests.Descriptions;

public sealed class YamlFieldsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> Hostile => new()
    {
        { "key: " + new string('[', 20_000), "more than 64 deep" },
        { string.Concat(Enumerable.Repeat("{a: ", 20_000)), "more than 64 deep" },
        { "[key]: 1", "a key should be a text" },
        { "x: &a [1]\n*a : 2", "a key should be a text" },
        { AliasBomb() + "*i : 1", "a key should be a text" },
        { "key: 1\nkey: 2", "uplicate key" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Hostile))]
    public void What_no_description_holds_is_refused_with_its_line(string text, string reason)
    {
        string path = folder.Write("a.yaml", text);

        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => YamlFields.Read(path, ["key"]));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alias_stands_for_what_it_names()
    {
        YamlFields fields = YamlFields.Read(folder.Write("a.yaml", "first: &names [a, b]\nsecond: *names"), ["first", "second"]);

        Assert.Equal(["a", "b"], fields.Texts("second"));
    }

    // Nine lists of nine of the one before: 500 bytes that stand for hundreds of millions of values.
    private static string AliasBomb() => string.Concat("abcdefghi".Select((name, i) =>
    {
        string of = i == 0 ? "x" : $"*{(char)(name - 1)}";
        return $"{name}: &{name} [{string.Join(", ", Enumerable.Repeat(of, 9))}]\n";
    }));
}
