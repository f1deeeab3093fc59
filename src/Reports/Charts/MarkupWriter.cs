using System.Globalization;
using System.Net;
using System.Text;

namespace SerLab.Reports.Charts;

/// <summary>
/// Writes elements of SVG and HTML as text: numbers in invariant culture with at most two decimals, text escaped, attributes
/// without a value left out.
/// </summary>
internal sealed class MarkupWriter
{
    private readonly StringBuilder text = new();

    public void Open(string element, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        Start(element, attributes);
        text.Append(">\n");
    }

    public void Close(string element) => text.Append("</").Append(element).Append(">\n");

    public void Empty(string element, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        Start(element, attributes);
        text.Append("/>\n");
    }

    public void Text(string content, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        Element("text", content, attributes);

    /// <summary>An element with a tooltip.</summary>
    public void Titled(string element, string title, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        if (title.Length == 0)
        {
            Empty(element, attributes);
            return;
        }

        Start(element, attributes);
        text.Append("><title>").Append(WebUtility.HtmlEncode(title)).Append("</title></").Append(element).Append(">\n");
    }

    public void Element(string element, string content, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        Start(element, attributes);
        text.Append('>').Append(WebUtility.HtmlEncode(content)).Append("</").Append(element).Append(">\n");
    }

    /// <summary>Text that is markup already.</summary>
    public void Raw(string markup) => text.Append(markup);

    public override string ToString() => text.ToString();

    private void Start(string element, ReadOnlySpan<(string Name, object Value)> attributes)
    {
        text.Append('<').Append(element);
        foreach ((string name, object value) in attributes)
        {
            string written = value is double number
                ? Math.Round(number, 2).ToString(CultureInfo.InvariantCulture)
                : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            if (written.Length == 0)
            {
                continue;
            }

            text.Append(' ').Append(name).Append("=\"").Append(WebUtility.HtmlEncode(written)).Append('"');
        }
    }
}
