using System.Text.Json;

namespace SerLab.Evaluation.Records;

/// <summary>
/// <c>map.json</c>: where the clips of a run lie by their features, which the run itself does not keep: the first two principal
/// components of the standardised features; and the features that differ most between groups.
/// </summary>
/// <param name="Across">The first component of every clip, in the order of <see cref="RunFolds.Clips"/>.</param>
/// <param name="Up">The second component of every clip.</param>
/// <param name="AcrossShare">Share of the variance of all features that lies along the first component, 0 to 1.</param>
/// <param name="UpShare">Share that lies along the second.</param>
/// <param name="Spreads">
/// The features with the largest shares of variance between groups, the largest first; none where there are no groups.
/// </param>
/// <param name="MedianSpread">The median of that share over all features; 0 where there are no groups.</param>
public sealed record ClipMap(
    IReadOnlyList<double> Across,
    IReadOnlyList<double> Up,
    double AcrossShare,
    double UpShare,
    IReadOnlyList<FeatureSpread> Spreads,
    double MedianSpread)
{
    /// <summary>The text of the file.</summary>
    internal string ToText() => RecordJson.Line(this) + "\n";

    /// <summary>Reads the text of the file; none where it is empty, as in runs that have no map.</summary>
    /// <param name="text">The text.</param>
    /// <param name="clips">Number of clips of the run.</param>
    /// <exception cref="InvalidDataException">The text is not a map of so many clips.</exception>
    internal static ClipMap? FromText(string text, int clips)
    {
        if (text.Length == 0)
        {
            return null;
        }

        try
        {
            ClipMap map = RecordJson.Read<ClipMap>(text);
            return map.Across.Count == clips && map.Up.Count == clips
                ? map
                : throw new FormatException($"it has {map.Across.Count} and {map.Up.Count} places for {clips} clips");
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            throw new InvalidDataException($"{RunFiles.Map}: {error.Message.TrimEnd('.')}.", error);
        }
    }
}

/// <summary>How far a feature differs between groups.</summary>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Between">Share of its variance that lies between groups (η²), 0 to 1.</param>
public sealed record FeatureSpread(string Feature, double Between);
