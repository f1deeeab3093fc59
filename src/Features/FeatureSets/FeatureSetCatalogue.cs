using SerLab.Core;

namespace SerLab.Features.FeatureSets;

/// <summary>The feature sets that SerLab brings.</summary>
public static class FeatureSetCatalogue
{
    /// <summary>
    /// All of them, in the order in which they are listed to users. Add your own with
    /// <see cref="Catalogue{TEntry}.With"/>.
    /// </summary>
    public static Catalogue<FeatureSet> BuiltIn { get; } = new(
        "feature set",
        [
            MeydaFeatureSet.Create(),
            LibrosaFeatureSet.Create(
                "librosa180",
                "Means of 40 MFCC, 12 chroma and 128 mel bands, equal to librosa 0.11 with its defaults.",
                new LibrosaOptions()),
            LibrosaFeatureSet.Create(
                "librosa360",
                "Means and standard deviations of 40 MFCC, 12 chroma and 128 mel bands, equal to librosa 0.11 with its defaults.",
                new LibrosaOptions { StandardDeviation = true }),
            VoiceFeatureSet.Create(),
            EgemapsFeatureSet.Create(),
            At22050(
                "mfcc128-22k",
                "Means of 128 MFCC of the sound resampled to 22,050 Hz, as librosa loads it by default.",
                new LibrosaOptions { MfccCount = 128, Chroma = false, Mel = false }),
            At22050(
                "mel128-22k",
                "Means of 128 mel bands of the sound resampled to 22,050 Hz, as librosa loads it by default.",
                new LibrosaOptions { MfccCount = 0, Chroma = false }),
            EmbeddingFeatureSet.Create(SpeechEmbedding.Recipe),
            .. SeriesFeatureSets.All(),
        ]);

    /// <summary>The set of a name, or none.</summary>
    /// <param name="sets">What can be named.</param>
    /// <param name="name">
    /// An id, or an id and the part of every sound that is heard: <c>logmel64@3s</c> for three seconds around the middle,
    /// <c>logmel64@10-15s</c> for those from second 10 to 15. All examples then have one shape. <c>meyda74@16000Hz</c> hears
    /// every sound at that rate. Several of these with a plus between, <c>voice310+logmel64@3s</c>, are the sets side by side.
    /// </param>
    /// <exception cref="InvalidInputException">
    /// What follows the @ is no part of a sound, or sets cannot stand side by side.
    /// </exception>
    public static FeatureSet? FindSet(this Catalogue<FeatureSet> sets, string name)
    {
        FeatureSet?[] parts = [.. name.Split(CombinedFeatureSet.Separator).Select(part => FindPart(sets, part))];
        return parts.Contains(null) ? null : parts.Length == 1 ? parts[0] : CombinedFeatureSet.Of(parts!);
    }

    /// <summary>The set of a name; as <see cref="FindSet"/>.</summary>
    /// <param name="sets">What can be named.</param>
    /// <param name="name">An id, an id and a part, or several.</param>
    /// <exception cref="UnknownNameException">There is none; the message offers the nearest name and lists all.</exception>
    /// <exception cref="InvalidInputException">
    /// What follows the @ is no part of a sound, or sets cannot stand side by side.
    /// </exception>
    public static FeatureSet GetSet(this Catalogue<FeatureSet> sets, string name) =>
        sets.FindSet(name)
        ?? throw NearestName.Unknown(sets.Kind, IdsIn(name).First(id => sets.Find(id) is null), sets.Names);

    /// <summary>The ids in a name that may also tell the part of every sound that is heard.</summary>
    public static IEnumerable<string> IdsIn(string name) => name.Split(CombinedFeatureSet.Separator).Select(IdIn);

    private static string IdIn(string part) => part.Split(WindowedFeatureSet.Separator)[0];

    private static FeatureSet? FindPart(Catalogue<FeatureSet> sets, string part)
    {
        int last = part.LastIndexOf(WindowedFeatureSet.Separator);
        if (sets.Find(part) is { } known)
        {
            return known;
        }

        if (last < 0)
        {
            return null;
        }

        string how = part[(last + 1)..];
        return FindPart(sets, part[..last]) switch
        {
            null => null,
            var whole when FixedRateFeatureSet.RateIn(how) is { } rate => FixedRateFeatureSet.Named(whole, rate),
            var whole => WindowedFeatureSet.At(whole, SoundWindow.Parse(how)),
        };
    }

    private static FeatureSet At22050(string id, string description, LibrosaOptions options) =>
        FixedRateFeatureSet.At(LibrosaFeatureSet.Create(id, description, options), 22_050);
}
