using Spectre.Console;

namespace SerLab.Cli.Rendering;

/// <summary>Terms and what is said of them, in two columns; long texts go on below their beginning.</summary>
internal sealed class TermList
{
    private const int Gap = 2;

    private readonly List<(string Term, string Text)> entries = [];

    /// <summary>Number of spaces before every line.</summary>
    public int Indent { get; init; }

    public void Add(string term, string text) => entries.Add((term, text));

    /// <summary>Writes the list, at most as wide as the console.</summary>
    public void Write(IAnsiConsole console)
    {
        int start = Indent + entries.Max(entry => entry.Term.GetCellWidth()) + Gap;
        foreach ((string term, string text) in entries)
        {
            string head = $"{new string(' ', Indent)}[bold]{Markup.Escape(term)}[/]";
            string gap = new(' ', start - Indent - term.GetCellWidth());
            foreach (string line in Wrapped(text, console.Profile.Width - start))
            {
                console.MarkupLine(head + gap + Markup.Escape(line));
                (head, gap) = ("", new string(' ', start));
            }
        }
    }

    private static List<string> Wrapped(string text, int width)
    {
        List<string> lines = [""];
        foreach (string word in text.Split(' '))
        {
            string longer = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
            if (lines[^1].Length == 0 || longer.GetCellWidth() <= width)
            {
                lines[^1] = longer;
            }
            else
            {
                lines.Add(word);
            }
        }

        return lines;
    }
}
