using System.Text.Json.Nodes;

namespace SerLab.Notebooks;

/// <summary>One cell of a notebook: text, or code with the outputs of its last execution.</summary>
internal sealed class NotebookCell
{
    private readonly JsonObject node;

    private NotebookCell(JsonObject node) => this.node = node;

    /// <summary>True for a code cell.</summary>
    public bool IsCode => (string?)node["cell_type"] == "code";

    /// <summary>The text or code of the cell; a notebook may store it as one string or as lines.</summary>
    public string Source => Join(node["source"]);

    /// <summary>
    /// The texts and markup that the cell shows, by media type, e.g. <c>text/plain</c> and <c>image/svg+xml</c>.
    /// </summary>
    public IEnumerable<(string MediaType, string Content)> Outputs =>
        (node["outputs"] as JsonArray ?? []).SelectMany(output => (string?)output?["output_type"] switch
        {
            "stream" => [("text/plain", Join(output!["text"]))],
            "error" => [("text/plain", $"{output!["ename"]}: {output["evalue"]}")],
            _ => (output?["data"] as JsonObject ?? []).Select(data => (data.Key, Join(data.Value))),
        });

    /// <summary>Reads a cell; what it holds is asked for once, so that nothing fails later.</summary>
    /// <exception cref="InvalidOperationException">It is not of the form of a cell.</exception>
    internal static NotebookCell Read(JsonNode? node)
    {
        NotebookCell cell =
            new(node as JsonObject ?? throw new InvalidOperationException("A cell is no object with 'cell_type' and 'source'."));
        _ = (cell.IsCode, cell.Source, cell.Outputs.Count());
        return cell;
    }

    internal void Clear()
    {
        node["outputs"] = new JsonArray();
        node["execution_count"] = null;
    }

    internal void SetResult(int executionCount, JsonArray outputs)
    {
        node["execution_count"] = executionCount;
        node["outputs"] = outputs;
    }

    private static string Join(JsonNode? text) => text switch
    {
        JsonArray lines => string.Concat(lines.Select(line => (string?)line)),
        null => "",
        _ => (string?)text ?? "",
    };
}
