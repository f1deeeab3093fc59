using System.Globalization;
using System.Text.RegularExpressions;
using SerLab.Core;

namespace SerLab.Datasets.Corpora;

/// <summary>
/// What a file name of Emo-Soundscapes says. Originals are <c>r_N CLASS SOUND_USER-hq.wav</c> (without the spaces; SOUND is the
/// number of the recording at Freesound). Mixes are <c>mix_between_A_B[_C]_N-DB_N-DB[_N-DB].wav</c>, one number and attenuation
/// per class, or <c>mix_within_A_N-DB_N-DB[_N-DB].wav</c>, which writes its one class once.
/// </summary>
/// <param name="Kind"><c>original</c>, <c>mix-between</c> or <c>mix-within</c>.</param>
/// <param name="Classes">Schafer's classes, in the order of the name; one for originals and mixes within a class.</param>
/// <param name="Constituents">
/// The recordings the clip is made of, without their levels: <c>human#1</c>, <c>indicator#1</c>; for an original
/// <c>freesound#150850</c>.
/// </param>
/// <param name="Attenuations">How many dB each of them was lowered by before it was mixed; 0 for an original.</param>
internal sealed partial record EmoSoundscapesName(
    string Kind, IReadOnlyList<string> Classes, IReadOnlyList<string> Constituents, IReadOnlyList<int> Attenuations)
{
    /// <summary>The kind of a clip that is no mix.</summary>
    public const string Original = "original";

    private static readonly string[] KnownClasses = ["human", "indicator", "mechanical", "nature", "quiet", "society"];

    /// <summary>Parses a file name.</summary>
    /// <exception cref="InvalidInputException">
    /// The name is outside the grammar; the message names it and what is wrong.
    /// </exception>
    public static EmoSoundscapesName Parse(string fileName)
    {
        Match original = OriginalGrammar().Match(fileName);
        if (original.Success)
        {
            string soundClass = Known(original.Groups["class"].Value, fileName);
            return new EmoSoundscapesName(Original, [soundClass], [$"freesound#{original.Groups["sound"].Value}"], [0]);
        }

        Match mix = MixGrammar().Match(fileName);
        return mix.Success ? ParseMix(mix, fileName) : throw Wrong(fileName, "it is neither an original nor a mix");
    }

    private static EmoSoundscapesName ParseMix(Match mix, string fileName)
    {
        string[] classes = [.. mix.Groups["class"].Captures.Select(c => Known(c.Value, fileName))];
        string[] numbers = [.. mix.Groups["number"].Captures.Select(c => c.Value)];
        bool within = mix.Groups["kind"].Value == "within";
        if (numbers.Length is < 2 or > 3)
        {
            throw Wrong(fileName, $"it has {numbers.Length} constituents, and two or three were expected");
        }

        if (classes.Length != (within ? 1 : numbers.Length))
        {
            throw Wrong(fileName, $"it has {numbers.Length} constituents of {classes.Length} classes");
        }

        string[] constituents = [.. numbers.Select((number, i) => $"{classes[within ? 0 : i]}#{number}")];
        if (constituents.Distinct(StringComparer.Ordinal).Count() != constituents.Length)
        {
            throw Wrong(fileName, "a constituent comes twice");
        }

        int[] attenuations =
            [.. mix.Groups["attenuation"].Captures.Select(c => int.Parse(c.Value, CultureInfo.InvariantCulture))];
        return new EmoSoundscapesName(within ? "mix-within" : "mix-between", classes, constituents, attenuations);
    }

    private static string Known(string soundClass, string fileName)
    {
        if (KnownClasses.Contains(soundClass, StringComparer.Ordinal))
        {
            return soundClass;
        }

        string hint = NearestName.Of(soundClass, KnownClasses) is { } nearest ? $" (did you mean '{nearest}'?)" : "";
        throw Wrong(fileName, $"'{soundClass}' is none of {string.Join(", ", KnownClasses)}{hint}");
    }

    private static InvalidInputException Wrong(string fileName, string problem) => new(
        $"'{fileName}' is not a file name of Emo-Soundscapes: {problem}. Expected are names like r_0human150850_826206-hq.wav, "
        + "mix_between_human_indicator_1-12_1-6.wav or mix_within_society_2-6_5-6.wav.");

    [GeneratedRegex(@"^r_\d+(?<class>[a-z]+)(?<sound>\d+)_\d+-hq\.wav$", RegexOptions.CultureInvariant)]
    private static partial Regex OriginalGrammar();

    [GeneratedRegex(
        @"^mix_(?<kind>between|within)(_(?<class>[a-z]+))+(_(?<number>\d+)-(?<attenuation>\d{1,2}))+\.wav$",
        RegexOptions.CultureInvariant)]
    private static partial Regex MixGrammar();
}
