using System.Globalization;
using SerLab.Reports.Charts;
using SerLab.Reports.Tables;

namespace SerLab.Reports;

/// <summary>One cell of a table.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Note">What stands below it in small letters; it may have several lines.</param>
/// <param name="Class">How it looks, one of the classes of <see cref="ReportStyle"/>.</param>
/// <param name="Sound">The file beside the page that it plays where there is one.</param>
internal sealed record Cell(string Text, string Note = "", string Class = "", string Sound = "")
{
    public static implicit operator Cell(string text) => new(text);
}

/// <summary>
/// A page that is being written: headings, paragraphs, tables that scroll by themselves, and figures with their data.
/// </summary>
internal sealed class ReportPage
{
    private const int RowsWithoutScript = 20;

    private readonly MarkupWriter html = new();
    private readonly Dictionary<string, string> files = [];
    private int figures;
    private int tables;

    /// <summary>What the reader can take along of what was written so far: the text of a file by its name.</summary>
    public IReadOnlyDictionary<string, string> Files => files;

    public void Raw(string markup) => html.Raw(markup);

    public void Heading(int level, string text) => html.Element($"h{level}", text);

    public void Paragraph(string text, string kind = "text") => html.Element("p", text, ("class", kind));

    public void List(IEnumerable<string> items)
    {
        html.Open("ul");
        foreach (string item in items)
        {
            html.Element("li", item);
        }

        html.Close("ul");
    }

    /// <summary>Text with its line breaks, in letters of one width.</summary>
    public void Code(string text, string label) => html.Element("pre", text, ("tabindex", 0), ("aria-label", label));

    /// <summary>Names with what they stand for.</summary>
    public void Facts(IEnumerable<(string Name, string Value)> facts)
    {
        html.Open("dl");
        foreach ((string name, string value) in facts.Where(f => f.Value.Length > 0))
        {
            html.Element("dt", name);
            html.Element("dd", value);
        }

        html.Close("dl");
    }

    /// <summary>A table; the first cell of a row names it.</summary>
    public void Table(string caption, IReadOnlyList<Cell> header, IEnumerable<IReadOnlyList<Cell>> rows)
    {
        IReadOnlyList<Cell>[] written = [.. rows];
        WriteTable(caption, header, written);
        TakeAlong(new Table(
            caption,
            [.. header.Select(cell => cell.Note.Length == 0 ? cell.Text : $"{cell.Text} ({cell.Note})")],
            [.. written.Select(row => (IReadOnlyList<string>)[.. row.Select(Plain)])]));
    }

    /// <summary>
    /// A table of many rows of plain texts: the page shows some at a time, and finds and sorts them all; without scripts, and on
    /// paper, it shows the first. All can be taken along as CSV.
    /// </summary>
    public void LongTable(string caption, IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        Table table = new(caption, header, rows);
        string id = string.Create(CultureInfo.InvariantCulture, $"table-{++tables:00}");
        string name = $"{id}-{Slug(caption)}";
        string csv = TableFormat.Csv.Write(table);
        files.Add($"{name}.csv", csv);
        html.Open("div", ("class", "long"), ("data-source", $"{id}-csv"));
        WriteTable(caption, [.. header.Select(text => (Cell)text)], rows.Take(RowsWithoutScript).Select(ToCells));
        html.Close("div");
        html.Open("p", ("class", "take"));
        Link(TableFormat.Csv.Name, $"{name}.csv", $"{id}-csv");
        html.Close("p");
        html.Element("pre", csv, ("hidden", "hidden"), ("id", $"{id}-csv"));

        static IReadOnlyList<Cell> ToCells(IReadOnlyList<string> row) => [.. row.Select(text => (Cell)text)];
    }

    /// <summary>Opens what a reader unfolds; <see cref="EndDetails"/> closes it.</summary>
    public void Details(string summary)
    {
        html.Open("details");
        html.Element("summary", summary);
    }

    public void EndDetails() => html.Close("details");

    /// <summary>Opens figures that stand side by side where there is room; <see cref="EndFigures"/> closes them.</summary>
    public void Figures() => html.Open("div", ("class", "figures"));

    public void EndFigures() => html.Close("div");

    /// <summary>A chart, what to see in it, and its picture and data to take along.</summary>
    public void Figure(Chart chart, string caption, int width = 440, int height = 360)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"figure-{++figures:00}");
        string name = $"{id}-{Slug(chart.Title)}";
        string svg = SvgChart.Render(chart, width, height);
        string json = PlotlyFigure.ToJson(chart);
        files.Add($"{name}.svg", svg);
        files.Add($"{name}.json", json);
        html.Open("figure", ("id", id));
        html.Raw(svg);
        html.Open("figcaption");
        html.Element("span", caption);
        html.Open("span", ("class", "take"));
        Link("SVG", $"{name}.svg", id);
        Link("PNG", $"{name}.png", id);
        Link("Plotly JSON", $"{name}.json", $"{id}-json");
        html.Close("span");
        html.Close("figcaption");

        // The writer of JSON escapes the signs of markup, so the data cannot end the element.
        html.Raw($"<script type=\"application/json\" id=\"{id}-json\">{json}</script>\n");
        html.Close("figure");
    }

    public override string ToString() => html.ToString();

    private static string Slug(string title) =>
        string.Join('-', string.Concat(title.ToLowerInvariant().Replace("²", "2", StringComparison.Ordinal)
            .Select(sign => char.IsAsciiLetterOrDigit(sign) ? sign : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(8));

    private static string Plain(Cell cell)
    {
        string[] notes = cell.Note.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return notes.Length == 0 ? cell.Text : $"{cell.Text} {string.Join("; ", notes)}";
    }

    private void WriteTable(string caption, IReadOnlyList<Cell> header, IEnumerable<IReadOnlyList<Cell>> rows)
    {
        // A wide table scrolls in its own box, which the keyboard can reach.
        html.Open("div", ("class", "scroll"), ("tabindex", 0), ("role", "region"), ("aria-label", caption));
        html.Open("table");
        html.Element("caption", caption);
        html.Open("thead");
        html.Open("tr");
        foreach (Cell cell in header)
        {
            Write("th", cell, "col");
        }

        html.Close("tr");
        html.Close("thead");
        html.Open("tbody");
        foreach (IReadOnlyList<Cell> row in rows)
        {
            html.Open("tr");
            for (int i = 0; i < row.Count; i++)
            {
                Write(i == 0 ? "th" : "td", row[i], i == 0 ? "row" : "");
            }

            html.Close("tr");
        }

        html.Close("tbody");
        html.Close("table");
        html.Close("div");
    }

    private void TakeAlong(Table table)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"table-{++tables:00}");
        string name = $"{id}-{Slug(table.Title)}";
        html.Open("p", ("class", "take"));
        foreach (TableFormat format in TableFormat.All)
        {
            files.Add($"{name}.{format.Extension}", format.Write(table));
            Link(format.Name, $"{name}.{format.Extension}", $"{id}-{format.Extension}");
        }

        html.Close("p");
        foreach (TableFormat format in TableFormat.All)
        {
            html.Element("pre", format.Write(table), ("hidden", "hidden"), ("id", $"{id}-{format.Extension}"));
        }
    }

    private void Link(string text, string file, string source) =>
        html.Element("a", text, ("class", "data"), ("download", file), ("href", $"#{source}"));

    private void Write(string element, Cell cell, string scope)
    {
        html.Open(element, ("class", cell.Class), ("scope", scope), ("data-sound", cell.Sound));
        html.Element("span", cell.Text);
        foreach (string line in cell.Note.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            html.Element("small", line);
        }

        html.Close(element);
    }
}
