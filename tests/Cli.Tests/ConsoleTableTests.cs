using SerLab.Cli.Hosting;
using SerLab.Cli.Rendering;
using Spectre.Console;
using Xunit;

namespace SerLab.Cli.Tests;

/// <summary>Tables and lists in consoles of any width.</summary>
public class ConsoleTableTests
{
    [Fact]
    public void A_console_with_room_shows_every_column() => Assert.Equal(
        """
        valence
        ╭───────┬───────┬─────╮
        │ model │    R² │ MSE │
        │       │  mean │     │
        ├───────┼───────┼─────┤
        │ svr   │ 0.801 │ 0.1 │
        ╰───────┴───────┴─────╯

        """,
        Written("23"),
        ignoreLineEndingDifferences: true);

    [Fact]
    public void A_narrow_console_leaves_out_what_matters_least_and_says_what_and_where_it_is() => Assert.Equal(
        """
        valence
        ╭───────┬─────╮
        │ model │ MSE │
        ├───────┼─────┤
        │ svr   │ 0.1 │
        ╰───────┴─────╯
        Too narrow for: R²
        mean. A wider terminal
        shows them, and the
        report.

        """,
        Lines(Written("22")),
        ignoreLineEndingDifferences: true);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-80")]
    [InlineData("wide")]
    [InlineData("3")]
    public void What_is_no_width_leaves_a_pipe_as_wide_as_its_tables(string? width) =>
        Assert.Contains("│    R² │ MSE │", Written(width), StringComparison.Ordinal);

    [Fact]
    public void No_line_is_wider_than_a_terminal_of_eighty_columns_whatever_the_names()
    {
        StringWriter output = new();
        ConsoleTable table = new(
            new string('t', 200), Column.Text("model"), Column.Number("score"), Column.Number("mean", 1));

        table.Add(["svc [rbf], \"a\" 音声 " + new string('m', 150), "0.5", "1 ± 2"]);
        table.Write(Terminal.Create(output, redirected: true, "80"));

        Assert.All(output.ToString().Split('\n'), line => Assert.InRange(line.TrimEnd().GetCellWidth(), 0, 80));
        Assert.Contains("svc [rbf], \"a\" 音声", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_of_a_list_go_on_below_their_beginning_and_no_line_ends_in_spaces()
    {
        StringWriter output = new();
        TermList list = new() { Indent = 2 };

        list.Add("takes", "features float [batch, 74]");
        list.Add("file", "3 KiB");
        list.Write(Terminal.Create(output, redirected: true, "26"));

        Assert.Equal(
            "  takes  features float\n         [batch, 74]\n  file   3 KiB\n",
            output.ToString(),
            ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData("data list")]
    [InlineData("data check synthetic")]
    public async Task What_is_piped_has_no_spaces_at_the_ends_of_lines(string command)
    {
        CommandResult result = await CommandLine.RunAsync(command.Split(' '));

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.All(result.Output.Split('\n'), line => Assert.Equal(line.TrimEnd(), line.TrimEnd('\r')));
    }

    private static string Written(string? width)
    {
        StringWriter output = new();
        ConsoleTable table = new(
            "valence", Column.Text("model"), Column.Number("R²\nmean", 2), Column.Number("MSE", 1))
        {
            Elsewhere = "the report",
        };
        table.Add(["svr", "0.801", "0.1"]);
        table.Write(Terminal.Create(output, redirected: true, width));
        return output.ToString();
    }

    // A line that was broken keeps the space that it was broken at.
    private static string Lines(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimEnd()));
}
