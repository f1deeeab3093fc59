using System.Text;
using System.Text.Json.Nodes;
using SerLab.Core;

namespace SerLab.Notebooks;

/// <summary>
/// Collects what a cell prints and shows, in the order in which it happens, as the outputs of a notebook: it is the standard
/// output of the cell, so printed text and shown values keep their order.
/// </summary>
internal sealed class NotebookOutputs : StringWriter
{
    private JsonArray outputs = [];

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Shows a value as <c>display(value)</c> does.</summary>
    public void Show(object? value)
    {
        Flush();
        outputs.Add(new JsonObject
        {
            ["output_type"] = "display_data",
            ["data"] = Represent(value),
            ["metadata"] = new JsonObject(),
        });
    }

    /// <summary>Shows the value of the last expression of a cell.</summary>
    public void ShowResult(object value, int executionCount)
    {
        Flush();
        outputs.Add(new JsonObject
        {
            ["output_type"] = "execute_result",
            ["execution_count"] = executionCount,
            ["data"] = Represent(value),
            ["metadata"] = new JsonObject(),
        });
    }

    /// <summary>Shows why a cell failed.</summary>
    public void ShowError(string name, string message)
    {
        Flush();
        outputs.Add(new JsonObject
        {
            ["output_type"] = "error",
            ["ename"] = name,
            ["evalue"] = message,
            ["traceback"] = new JsonArray(message),
        });
    }

    /// <summary>Turns text printed so far into an output.</summary>
    public override void Flush()
    {
        StringBuilder printed = GetStringBuilder();
        if (printed.Length > 0)
        {
            outputs.Add(new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = Lines(printed.ToString()) });
            printed.Clear();
        }
    }

    /// <summary>Hands the outputs over and starts afresh for the next cell.</summary>
    public JsonArray Take()
    {
        Flush();
        JsonArray taken = outputs;
        outputs = [];
        return taken;
    }

    private static JsonObject Represent(object? value) => value switch
    {
        INotebookView view => new JsonObject
        {
            [view.MediaType] = Lines(view.ToMarkup()),
            ["text/plain"] = Lines(NotebookText.Of(value)),
        },

        // As a picture, an SVG element is also shown where markup is filtered out, as on code hosts.
        HtmlContent html when html.Markup.StartsWith("<svg", StringComparison.Ordinal) => Picture(html.Markup, "a chart"),
        HtmlContent html => new JsonObject { ["text/html"] = Lines(html.Markup) },
        _ => new JsonObject { ["text/plain"] = Lines(NotebookText.Of(value)) },
    };

    private static JsonObject Picture(string svg, string text) => new()
    {
        ["image/svg+xml"] = Lines(svg),
        ["text/plain"] = Lines(text),
    };

    // The notebook format stores text as lines that keep their ends: differences between versions stay readable.
    private static JsonArray Lines(string text)
    {
        JsonArray lines = [];
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start) is var at && at < 0 ? text.Length : at + 1;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }
}
