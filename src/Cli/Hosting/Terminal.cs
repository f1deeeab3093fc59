using System.Globalization;
using System.Text;
using Spectre.Console;

namespace SerLab.Cli.Hosting;

/// <summary>
/// The two streams a command writes to. Results go to <see cref="Output"/> and nothing else does, so that they can be piped;
/// progress, notes and errors go to <see cref="Messages"/>. Both are injected, so that tests read what a command prints as text.
/// </summary>
/// <param name="Output">Standard output.</param>
/// <param name="Messages">Standard error.</param>
internal sealed record Terminal(IAnsiConsole Output, IAnsiConsole Messages)
{
    /// <summary>A pipe or a file has no width: a sentence is a line, and tables have all their columns.</summary>
    private const int PipedWidth = 1_000_000;

    /// <summary>The variable by which a user asks for a width, of a terminal or of a pipe, as of other programs.</summary>
    private const string WidthVariable = "COLUMNS";

    // Below it no table has room for its first columns.
    private const int LeastWidth = 20;

    /// <summary>True for scripts and CI: no progress, no notes, only results and errors.</summary>
    public bool Quiet { get; init; }

    /// <summary>The streams of this process; colours and live progress only where a person is watching.</summary>
    public static Terminal ForProcess()
    {
        UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        Console.OutputEncoding = utf8;
        string? width = Environment.GetEnvironmentVariable(WidthVariable);
        return new Terminal(
            Create(Console.Out, Console.IsOutputRedirected, width), Create(Console.Error, Console.IsErrorRedirected, width));
    }

    /// <summary>A console on a writer: plain text, and no width to wrap at, when redirected.</summary>
    /// <param name="writer">What it writes to.</param>
    /// <param name="redirected">Whether nobody watches.</param>
    /// <param name="width">Number of columns that is asked for; what is no such number counts as none.</param>
    public static IAnsiConsole Create(TextWriter writer, bool redirected, string? width = null)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected)
        {
            console.Profile.Width = PipedWidth;
            console.Profile.Capabilities.Unicode = true;
        }

        if (int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out int columns) && columns >= LeastWidth)
        {
            console.Profile.Width = columns;
        }

        return console;
    }

    /// <summary>A remark about the work, unless quiet.</summary>
    public void Note(string text)
    {
        if (!Quiet)
        {
            Messages.WriteLine(Plain(text));
        }
    }

    /// <summary>What was not done though the command goes on; said to scripts too, whose exit code does not tell.</summary>
    public void Warning(string text) => Messages.MarkupLine($"[yellow]warning:[/] {Markup.Escape(Plain(text))}");

    /// <summary>The one sentence about what went wrong.</summary>
    public void Error(string sentence) => Messages.MarkupLine($"[bold red]error:[/] {Markup.Escape(Plain(sentence))}");

    /// <summary>A command to be pasted: a line of its own, however long.</summary>
    public void Command(string line) => Messages.Profile.Out.Writer.WriteLine($"  {Plain(line)}");

    // Names of files may hold what moves the cursor of a terminal, or worse.
    private static string Plain(string text) => string.Concat(
        text.Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? '\uFFFD' : c));
}
