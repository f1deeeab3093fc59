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
            At22050(
                "mfcc128-22k",
                "Means of 128 MFCC of the sound resampled to 22,050 Hz, as librosa loads it by default.",
                new LibrosaOptions { MfccCount = 128, Chroma = false, Mel = false }),
            At22050(
                "mel128-22k",
                "Means of 128 mel bands of the sound resampled to 22,050 Hz, as librosa loads it by default.",
                new LibrosaOptions { MfccCount = 0, Chroma = false }),
            .. SeriesFeatureSets.All(),
        ]);

    private static FeatureSet At22050(string id, string description, LibrosaOptions options) =>
        FixedRateFeatureSet.At(LibrosaFeatureSet.Create(id, description, options), 22_050);
}
