using System.Globalization;
using SerLab.Reports.Charts;

namespace SerLab.Reports;

/// <summary>One cell of a table.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Note">What stands below it in small letters; it may have several lines.</param>
/// <param name="Class">How it looks, one of the classes of <see cref="ReportStyle"/>.</param>
internal sealed record Cell(string Text, string Note = "", string Class = "")
{
    public static implicit operator Cell(string text) => new(text);
}

/// <summary>
/// A page that is being written: headings, paragraphs, tables that scroll by themselves, and figures with their data.
/// </summary>
internal sealed class ReportPage
{
    private readonly MarkupWriter html = new();
    private int figures;

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

    /// <summary>A chart, what to see in it, and its data as a Plotly figure.</summary>
    public void Figure(Chart chart, string caption, int width = 440, int height = 360)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"figure-{++figures}");
        html.Open("figure");
        html.Raw(SvgChart.Render(chart, width, height));
        html.Open("figcaption");
        html.Element("span", caption);
        html.Element("a", "Plotly JSON", ("class", "data"), ("download", $"{id}.json"), ("href", $"#{id}"));
        html.Close("figcaption");

        // The writer of JSON escapes the signs of markup, so the data cannot end the element.
        html.Raw($"<script type=\"application/json\" id=\"{id}\">{PlotlyFigure.ToJson(chart)}</script>\n");
        html.Close("figure");
    }

    public override string ToString() => html.ToString();

    private void Write(string element, Cell cell, string scope)
    {
        html.Open(element, ("class", cell.Class), ("scope", scope));
        html.Element("span", cell.Text);
        foreach (string line in cell.Note.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            html.Element("small", line);
        }

        html.Close(element);
    }
}
