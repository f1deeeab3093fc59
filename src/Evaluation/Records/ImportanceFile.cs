namespace SerLab.Evaluation.Records;

/// <summary>
/// <c>importance.jsonl</c>: one line per fold and model with protocol, target, model, fold, and for every group of features the
/// scores on the test part with that group shuffled, by metric, one per shuffle.
/// </summary>
internal static class ImportanceFile
{
    /// <summary>The text of the file.</summary>
    public static string ToText(IReadOnlyList<FoldImportance> importance) => JsonLines.ToText(importance);

    /// <summary>The scores, in the order of the file.</summary>
    /// <exception cref="InvalidDataException">Names the first line that is not what it should be.</exception>
    public static IReadOnlyList<FoldImportance> FromText(string text) =>
        JsonLines.FromText(RunFiles.Importance, text, (FoldImportance fold) => fold);
}
