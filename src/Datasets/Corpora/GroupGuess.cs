using System.Globalization;
using System.Text.RegularExpressions;

namespace SerLab.Datasets.Corpora;

/// <summary>
/// Looks for groups that a corpus does not name where people usually leave them: in folders, and in fields of file names.
/// </summary>
internal static partial class GroupGuess
{
    private const int FewestClips = 4;
    private const int Shown = 3;

    /// <summary>The likeliest place in a sentence; none where folders and names hold nothing of the kind.</summary>
    /// <param name="clips">Clips whose ids are paths or file names.</param>
    public static string? Of(IReadOnlyList<Clip> clips)
    {
        string[][] folders = [.. clips.Select(clip => clip.Id.Split('/')[..^1])];
        string[][] fields = [.. clips.Select(clip => Field().Matches(Stem(clip.Id)).Select(match => match.Value).ToArray())];
        return Best(clips, folders) is { } folder
            ? $"the folders of the clips are {folder}; if they are speakers or recordings, add a column 'speaker' to the labels"
            : Best(clips, fields) is { } field
            ? $"the file names hold a field of {field}; if it is the speaker, add a column 'speaker' to the labels"
            : null;
    }

    /// <summary>
    /// Of the parts at one place the one that divides the clips most finely, as long as its values have several clips each and do
    /// not just say the label.
    /// </summary>
    private static string? Best(IReadOnlyList<Clip> clips, string[][] parts)
    {
        int places = parts.Length == 0 ? 0 : parts.Min(own => own.Length);
        return Enumerable.Range(0, places)
            .Select(place => parts.Select(own => own[place]).ToArray())
            .Where(values => values.Distinct().Count() is var count && count > 1 && FewestClips * count <= clips.Count)
            .Where(values => !SaysTheLabel(clips, values))
            .OrderByDescending(values => values.Distinct().Count())
            .Select(Describe)
            .FirstOrDefault();
    }

    private static bool SaysTheLabel(IReadOnlyList<Clip> clips, string[] values) => clips.Any(clip => clip.Label is not null)
        && clips.Zip(values, (clip, value) => (clip.Label, value)).GroupBy(pair => pair.value)
            .All(same => same.Distinct().Count() == 1);

    private static string Describe(string[] values)
    {
        string[] distinct = [.. values.Distinct()];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{distinct.Length} kinds ({string.Join(", ", distinct.Order(StringComparer.Ordinal).Take(Shown))}…)");
    }

    private static string Stem(string id) => Path.GetFileNameWithoutExtension(id);

    [GeneratedRegex("[A-Za-z]+|[0-9]+")]
    private static partial Regex Field();
}
