using System.Globalization;
using System.Text.RegularExpressions;
using SerLab.Core;

namespace SerLab.Datasets.Corpora;

/// <summary>
/// What a file name of RAVDESS says: seven two-digit codes, modality-channel-emotion-intensity-statement-repetition-actor, e.g.
/// <c>03-01-06-01-02-01-12.wav</c>.
/// </summary>
/// <param name="IsAudioOnly">Modality 03; 01 is video with sound, 02 video without.</param>
/// <param name="Channel"><c>speech</c> or <c>song</c>.</param>
/// <param name="Emotion">One of <see cref="Emotions"/>.</param>
/// <param name="Intensity"><c>normal</c> or <c>strong</c>.</param>
/// <param name="Statement">1 ("Kids are talking by the door") or 2 ("Dogs are sitting by the door").</param>
/// <param name="Repetition">1 or 2.</param>
/// <param name="Actor">1 to 24; odd are male, even female.</param>
internal sealed partial record RavdessName(
    bool IsAudioOnly, string Channel, string Emotion, string Intensity, int Statement, int Repetition, int Actor)
{
    /// <summary>The emotions in the order of their codes, 01 to 08.</summary>
    public static IReadOnlyList<string> Emotions { get; } =
        ["neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised"];

    /// <summary>The sex of the actor.</summary>
    public string Sex => Actor % 2 == 1 ? "male" : "female";

    /// <summary>Parses the name of a file, with its path for messages.</summary>
    /// <exception cref="InvalidInputException">
    /// The name has not seven codes, or one is out of its range; the message names file and code.
    /// </exception>
    public static RavdessName Parse(string path)
    {
        Match match = Grammar().Match(Path.GetFileNameWithoutExtension(path));
        if (!match.Success)
        {
            throw new InvalidInputException(
                $"'{path}' is not a file name of RAVDESS: expected are seven two-digit codes, "
                + "modality-channel-emotion-intensity-statement-repetition-actor, as in 03-01-06-01-02-01-12.wav.");
        }

        int[] codes = [.. match.Groups["code"].Captures.Select(c => int.Parse(c.Value, CultureInfo.InvariantCulture))];
        int Code(int field, string name, int maximum) => codes[field] >= 1 && codes[field] <= maximum
            ? codes[field]
            : throw new InvalidInputException(
                $"The file name '{path}' has the unknown {name} code {codes[field]:00}; "
                    + $"the codes of RAVDESS are 01 to {maximum:00}.");

        int modality = Code(0, "modality", 3);
        return new RavdessName(
            modality == 3,
            Code(1, "channel", 2) == 1 ? "speech" : "song",
            Emotions[Code(2, "emotion", Emotions.Count) - 1],
            Code(3, "intensity", 2) == 1 ? "normal" : "strong",
            Code(4, "statement", 2),
            Code(5, "repetition", 2),
            Code(6, "actor", 24));
    }

    [GeneratedRegex(@"^(?<code>[0-9]{2})(-(?<code>[0-9]{2})){6}$", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
