using System.CommandLine;
using System.Text.RegularExpressions;
using SerLab.Cli.Hosting;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Cli.Tests;

/// <summary>Commands that documents show in blocks of their own are understood by the program.</summary>
public partial class DocumentedCommandTests
{
    public static TheoryData<string> Commands =>
    [
        .. (from document in Documents
            from command in Shown(File.ReadAllText(Path.Combine(ReferenceData.RepositoryRoot, document)))
            select $"{document}: {command}").Distinct(),
    ];

    private static IEnumerable<string> Documents =>
        Directory.EnumerateFiles(Path.Combine(ReferenceData.RepositoryRoot, "docs"), "*.md")
            .Select(path => $"docs/{Path.GetFileName(path)}").Append("README.md").Append("data/README.md").Order();

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_documented_command_is_understood(string shown)
    {
        using StringWriter nowhere = new();
        Terminal terminal = new(Terminal.Create(nowhere, redirected: true), Terminal.Create(nowhere, redirected: true));
        string[] words = Words(shown[(shown.IndexOf(": ", StringComparison.Ordinal) + 2)..]);

        ParseResult parsed = SerLabCommandLine.Parse(terminal, new Workbench(), words);

        Assert.Empty(parsed.Errors);
    }

    [Fact]
    public void Given_a_text_then_its_commands_are_found_whole_and_without_remarks() => Assert.Equal(
        [["train", "--models", "svc, mlp", "--quiet"], ["data", "list"], ["verify", "runs/last"]],
        Shown("""
            Say `serlab nothing`, or

                serlab train --models "svc, mlp" \
                  --quiet    # a remark
                $ dotnet run -c Release -- data list
            ```sh
            dotnet run -c Release --project src/MLNet -- verify runs/last > verified.txt
            ```
            """).Select(Words));

    private static IEnumerable<string> Shown(string text) =>
        Command().Matches(text.Replace("\\\n", " ", StringComparison.Ordinal)).Select(match => match.Groups[1].Value.Trim());

    private static string[] Words(string command) =>
        [.. Word().Matches(command).Select(word => string.Concat(word.Value.Where(c => c is not ('"' or '\''))))];

    // In a block, after the prompt if there is one, up to a remark, a pipe or a redirection.
    [GeneratedRegex(
        @"^(?: {4,}|)(?:\$ )?(?:serlab|dotnet run -c Release(?: --project src/\w+)? --) ([^#|>\n]+?)(?=\s+[#|>&]|$|\n)",
        RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("""(?:"[^"]*"|'[^']*'|[^\s"'])+""")]
    private static partial Regex Word();
}
