using SerLab.Core;
using SerLab.Reports.Charts;

namespace SerLab.Reports.Tables;

/// <summary>A table of texts that shows itself: aligned in a terminal, as HTML in a notebook. Immutable.</summary>
/// <param name="Title">What the table says, in a few words.</param>
/// <param name="Header">The names of the columns.</param>
/// <param name="Rows">The rows, each with one text per column.</param>
public sealed record Table(string Title, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows) : INotebookView
{
    string INotebookView.MediaType => "text/html";

    string INotebookView.ToMarkup()
    {
        MarkupWriter html = new();
        html.Open("table");
        html.Element("caption", Title);
        Row(html, "th", Header);
        foreach (IReadOnlyList<string> row in Rows)
        {
            Row(html, "td", row);
        }

        html.Close("table");
        return html.ToString();
    }

    /// <summary>Title, header and rows, with columns aligned.</summary>
    public override string ToString()
    {
        int[] widths = [.. Header.Select((name, column) => Rows.Select(row => row[column].Length).Append(name.Length).Max())];
        return string.Join('\n', new[] { Header }.Concat(Rows)
            .Select(row => string.Join("  ", row.Select((text, column) => text.PadRight(widths[column]))).TrimEnd())
            .Prepend(Title));
    }

    private static void Row(MarkupWriter html, string element, IReadOnlyList<string> cells)
    {
        html.Open("tr");
        foreach (string cell in cells)
        {
            html.Element(element, cell);
        }

        html.Close("tr");
    }
}
