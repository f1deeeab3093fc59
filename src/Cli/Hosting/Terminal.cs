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
    /// <summary>Wide enough for every table: a pipe or a file has no width of its own to wrap at.</summary>
    private const int PipedWidth = 160;

    /// <summary>True for scripts and CI: no progress, no notes, only results and errors.</summary>
    public bool Quiet { get; init; }

    /// <summary>The streams of this process; colours and live progress only where a person is watching.</summary>
    public static Terminal ForProcess()
    {
        UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        Console.OutputEncoding = utf8;
        return new Terminal(
            Create(Console.Out, Console.IsOutputRedirected), Create(Console.Error, Console.IsErrorRedirected));
    }

    /// <summary>A console on a writer: plain text of fixed width when redirected.</summary>
    public static IAnsiConsole Create(TextWriter writer, bool redirected)
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
    public void Error(string sentence) => Messages.MarkupLine($"[red]error:[/] {Markup.Escape(Plain(sentence))}");

    /// <summary>A command to be pasted: a line of its own, however long.</summary>
    public void Command(string line) => Messages.Profile.Out.Writer.WriteLine($"  {Plain(line)}");

    // Names of files may hold what moves the cursor of a terminal, or worse.
    private static string Plain(string text) => string.Concat(
        text.Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? '\uFFFD' : c));
}
