using Spectre.Console;

namespace SerLab.Cli.Rendering;

/// <summary>
/// A table that fits its console: where that is too narrow, the columns that matter least are left out and named below.
/// </summary>
/// <param name="title">Stands above the table; empty for none.</param>
/// <param name="columns">The columns in order.</param>
internal sealed class ConsoleTable(string title, params IReadOnlyList<Column> columns)
{
    // A space on both sides of a cell, and the line after it.
    private const int Frame = 3;

    private readonly List<(string[] Cells, bool IsBold)> rows = [];

    /// <summary>Where else the columns that are left out can be read, e.g. "the report"; none: nowhere.</summary>
    public string? Elsewhere { get; init; }

    /// <summary>Adds a row.</summary>
    /// <param name="cells">A text for every column.</param>
    /// <param name="isBold">Whether the row stands out.</param>
    public void Add(IEnumerable<string> cells, bool isBold = false) => rows.Add(([.. cells], isBold));

    /// <summary>Writes the table, and below it which columns are missing.</summary>
    public void Write(IAnsiConsole console)
    {
        int[] shown = Fitting(console.Profile.Width);
        Table table = new() { Border = TableBorder.Rounded };
        foreach (int c in shown)
        {
            TableColumn column = new(Markup.Escape(columns[c].Header)) { NoWrap = columns[c].Rank > 0 };
            table.AddColumn(columns[c].IsNumber ? column.RightAligned() : column);
        }

        foreach ((string[] cells, bool isBold) in rows)
        {
            Style style = isBold ? new Style(decoration: Decoration.Bold) : Style.Plain;
            table.AddRow(shown.Select(c => new Text(cells[c], style)));
        }

        if (title.Length > 0)
        {
            console.MarkupLine($"[bold]{Markup.Escape(title)}[/]");
        }

        console.Write(table);
        if (shown.Length < columns.Count)
        {
            string names = string.Join(", ", Enumerable.Range(0, columns.Count).Except(shown).Select(c => columns[c].Name));
            string elsewhere = Elsewhere is null ? "" : $", and {Elsewhere}";
            console.WriteLine($"Too narrow for: {names}. A wider terminal shows them{elsewhere}.");
        }
    }

    private int[] Fitting(int width)
    {
        SortedSet<int> shown = [];
        int left = width - 1;
        foreach (int c in Enumerable.Range(0, columns.Count).OrderBy(c => columns[c].Rank))
        {
            int needed = Frame + rows.Select(row => row.Cells[c]).Append(columns[c].Header)
                .SelectMany(text => text.Split('\n')).Max(line => line.GetCellWidth());
            if (columns[c].Rank == 0 || needed <= left)
            {
                shown.Add(c);
                left -= needed;
            }
        }

        return [.. shown];
    }
}
