using System.Text.Json.Nodes;

namespace SerLab.Notebooks;

/// <summary>One cell of a notebook: text, or code with the outputs of its last execution.</summary>
public sealed class NotebookCell
{
    private readonly JsonObject node;

    internal NotebookCell(JsonObject node) => this.node = node;

    /// <summary>True for a code cell.</summary>
    public bool IsCode => (string?)node["cell_type"] == "code";

    /// <summary>The text or code of the cell; a notebook may store it as one string or as lines.</summary>
    public string Source => Join(node["source"]);

    /// <summary>
    /// The texts and markup that the cell shows, by media type, e.g. <c>text/plain</c> and <c>image/svg+xml</c>.
    /// </summary>
    public IEnumerable<(string MediaType, string Content)> Outputs =>
        (node["outputs"] as JsonArray ?? []).SelectMany(output => (string?)output!["output_type"] switch
        {
            "stream" => [("text/plain", Join(output["text"]))],
            "error" => [("text/plain", $"{output["ename"]}: {output["evalue"]}")],
            _ => (output["data"] as JsonObject ?? []).Select(data => (data.Key, Join(data.Value))),
        });

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
