using System.Text.Json;

namespace SerLab.Evaluation.Records;

/// <summary>
/// <c>importance.jsonl</c>: one line per fold and model with protocol, target, model, fold, and for every group of features the
/// scores on the test part with that group shuffled, by metric, one per shuffle.
/// </summary>
internal static class ImportanceFile
{
    /// <summary>The text of the file.</summary>
    public static string ToText(IReadOnlyList<FoldImportance> importance) =>
        string.Concat(importance.Select(fold => RecordJson.Line(fold) + "\n"));

    /// <summary>The scores, in the order of the file.</summary>
    /// <exception cref="InvalidDataException">Names the first line that is not what it should be.</exception>
    public static IReadOnlyList<FoldImportance> FromText(string text)
    {
        List<FoldImportance> importance = [];
        foreach (string json in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                importance.Add(RecordJson.Read<FoldImportance>(json));
            }
            catch (Exception error) when (error is JsonException or FormatException or NullReferenceException)
            {
                throw new InvalidDataException(
                    $"{RunFiles.Importance}, line {importance.Count + 1}: {error.Message.TrimEnd('.')}.", error);
            }
        }

        return importance;
    }
}
