using System.Text.RegularExpressions;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Architecture.Tests;

/// <summary>What the compiler does not hold: how source files are written.</summary>
public partial class SourceRuleTests
{
    private const int LineLimit = 130;

    private static readonly string[] TextEndings =
        [".cs", ".md", ".yaml", ".yml", ".json", ".csproj", ".props", ".ipynb", ".mjs", ".html", ".txt"];

    [Fact]
    public void No_line_is_longer_than_the_limit() => Findings.AssertNone(
        Where([".cs"], text => text.Length > LineLimit), $"These lines are longer than {LineLimit} characters.");

    [Fact]
    public void No_file_holds_a_path_of_somebodys_machine() => Findings.AssertNone(
        Where(TextEndings, IsMachinePath), "These lines name a folder that only one machine has.");

    [Theory]
    [InlineData("in /home" + "/anna/serlab", true)]
    [InlineData(@"in C:\" + @"Users\anna", true)]
    [InlineData("in /tmp" + "/x", false)]
    [InlineData("https://example.org/home" + "/page", false)]
    public void A_path_of_a_machine_is_recognised(string text, bool expected) => Assert.Equal(expected, IsMachinePath(text));

    private static IEnumerable<string> Where(string[] endings, Func<string, bool> isBad) =>
        from path in House.SourceFiles(endings)
        from line in File.ReadLines(Path.Combine(ReferenceData.RepositoryRoot, path)).Index()
        where isBad(line.Item)
        select $"{path}:{line.Index + 1}";

    private static bool IsMachinePath(string text) => MachinePath().IsMatch(text);

    [GeneratedRegex(@"(?<![\w./])/(home|root|Users|work)/\w|\b[A-Z]:\\Users\\")]
    private static partial Regex MachinePath();
}
