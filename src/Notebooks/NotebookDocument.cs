using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SerLab.Core;

namespace SerLab.Notebooks;

/// <summary>
/// A Jupyter notebook (nbformat 4). Everything that SerLab does not change, such as text cells and metadata, is kept as it was
/// read.
/// </summary>
internal sealed class NotebookDocument
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly JsonObject root;

    private NotebookDocument(JsonObject root, IReadOnlyList<NotebookCell> cells)
    {
        this.root = root;
        Cells = cells;
    }

    /// <summary>The cells in order.</summary>
    public IReadOnlyList<NotebookCell> Cells { get; }

    /// <summary>Reads a notebook file.</summary>
    /// <exception cref="InvalidInputException">The file is missing, not JSON, or not a notebook of format 4.</exception>
    public static NotebookDocument Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidInputException($"There is no notebook '{path}'.");
        }

        return Parse(File.ReadAllText(path, Encoding.UTF8), path);
    }

    /// <summary>Reads a notebook from its JSON text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="InvalidInputException">The text is not JSON or not a notebook of format 4.</exception>
    public static NotebookDocument Parse(string json, string name)
    {
        try
        {
            if (JsonNode.Parse(json, documentOptions: Strict) is JsonObject root
                && (int?)root["nbformat"] == 4
                && root["cells"] is JsonArray cells)
            {
                // Written once, so that nothing fails later: a text may be half a character.
                _ = root.ToJsonString(Layout);
                return new NotebookDocument(root, [.. cells.Select(NotebookCell.Read)]);
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidInputException($"'{name}' is not a Jupyter notebook: {error.Message}", error);
        }

        throw new InvalidInputException($"'{name}' is not a Jupyter notebook of format 4 (nbformat 4 with cells).");
    }

    /// <summary>Writes the notebook to a temporary name and renames it, so that a reader never sees half of it.</summary>
    public void Write(string path) => AtomicFile.Write(path, root.ToJsonString(Layout) + "\n");
}
