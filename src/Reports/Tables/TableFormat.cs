using System.Text;
using SerLab.Datasets.Tables;

namespace SerLab.Reports.Tables;

/// <summary>A form in which a table can be taken along.</summary>
/// <param name="Name">What it is called: <c>LaTeX</c>.</param>
/// <param name="Extension">The ending of its files, without the dot.</param>
/// <param name="Write">The table as text, lines ended by line feeds.</param>
internal sealed record TableFormat(string Name, string Extension, Func<Table, string> Write)
{
    // What stands in titles and figures and has a command of its own.
    private static readonly Dictionary<char, string> LatexSigns = new (char Sign, string Command)[]
    {
        ('\\', @"\textbackslash{}"), ('{', @"\{"), ('}', @"\}"), ('$', @"\$"), ('&', @"\&"), ('#', @"\#"), ('_', @"\_"),
        ('%', @"\%"), ('~', @"\textasciitilde{}"), ('^', @"\textasciicircum{}"), ('\u00a0', "~"), ('−', "$-$"),
        ('±', @"$\pm$"), ('≈', @"$\approx$"), ('×', @"$\times$"), ('≥', @"$\geq$"), ('≤', @"$\leq$"), ('<', "$<$"),
        ('>', "$>$"), ('²', "$^2$"), ('µ', @"$\mu$"), ('…', @"\ldots{}"),
    }.ToDictionary(pair => pair.Sign, pair => pair.Command);

    /// <summary>Comma-separated values, the title left out.</summary>
    public static TableFormat Csv { get; } = new("CSV", "csv", ToCsv);

    /// <summary>A table of Markdown below its title.</summary>
    public static TableFormat Markdown { get; } = new("Markdown", "md", ToMarkdown);

    /// <summary>A <c>table</c> of LaTeX with the rules of the package booktabs.</summary>
    public static TableFormat Latex { get; } = new("LaTeX", "tex", ToLatex);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TableFormat> All { get; } = [Csv, Markdown, Latex];

    private static string ToCsv(Table table)
    {
        using StringWriter text = new() { NewLine = "\n" };
        using (var csv = CsvRecords.WriterTo(text))
        {
            csv.WriteCells(table.Header);
            foreach (IReadOnlyList<string> row in table.Rows)
            {
                csv.WriteCells(row);
            }
        }

        return text.ToString();
    }

    private static string ToMarkdown(Table table)
    {
        static string Line(IEnumerable<string> cells) =>
            $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", @"\|", StringComparison.Ordinal)))} |\n";
        string rule = $"|{string.Join("|", table.Header.Select((_, column) => column == 0 ? "---" : "---:"))}|\n";
        return $"**{table.Title}**\n\n{Line(table.Header)}{rule}{string.Concat(table.Rows.Select(Line))}";
    }

    private static string ToLatex(Table table)
    {
        static string Line(IEnumerable<string> cells) => $@"{string.Join(" & ", cells.Select(Escape))} \\" + "\n";
        return $$"""
            \begin{table}
            \caption{{{Escape(table.Title)}}}
            \begin{tabular}{l{{new string('r', table.Header.Count - 1)}}}
            \toprule
            {{Line(table.Header)}}\midrule
            {{string.Concat(table.Rows.Select(Line))}}\bottomrule
            \end{tabular}
            \end{table}

            """.ReplaceLineEndings("\n");
    }

    private static string Escape(string text)
    {
        StringBuilder escaped = new();
        foreach (char sign in text)
        {
            escaped.Append(LatexSigns.TryGetValue(sign, out string? command) ? command : sign.ToString());
        }

        return escaped.ToString();
    }
}
