namespace SerLab.Datasets.Corpora;

/// <summary><c>emo74</c>: the 74 of Emo-Soundscapes' 122 shipped features that the thesis's application could compute, in its order.</summary>
public static class ThesisFeatures
{
    private static readonly string[] Spectral =
        ["rms", "zerocross", "rolloff", "centroid", "spread", "skewness", "kurtosis", "flatness"];

    private static readonly string[] Statistics = ["mean", "std"];
    private static readonly string[] Perceptual = ["loudness", "energy", "perceptual_sharp", "spectral_slope"];

    /// <summary>The names, equal to those of <c>meyda74</c>, which computes the same descriptors from sound.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Spectral.SelectMany(MeanAndStd), .. Numbered("mfcc", 13), .. Numbered("chromagram", 12), .. Perceptual.SelectMany(MeanAndStd),
    ];

    private static IEnumerable<string> MeanAndStd(string name) => Statistics.Select(statistic => $"{name}_{statistic}");

    private static IEnumerable<string> Numbered(string name, int count) =>
        from statistic in Statistics
        from i in Enumerable.Range(1, count)
        select $"{name}_{statistic}_{i}";
}
