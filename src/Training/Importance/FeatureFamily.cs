namespace SerLab.Training.Importance;

/// <summary>
/// Tells from the name of a feature what it describes. Names begin with their descriptor (<c>mfcc_delta_mean_3</c>,
/// <c>spectralCentroid</c>, <c>LAeq_L5(A)_Max</c>), so the first word is the family; descriptors that measure one thing in
/// several ways are one.
/// </summary>
internal static class FeatureFamily
{
    private static readonly Dictionary<string, string> Families = new(StringComparer.OrdinalIgnoreCase)
    {
        ["rms"] = "loudness",
        ["energy"] = "loudness",
        ["zerocross"] = "spectrum",
        ["zcr"] = "spectrum",
        ["rolloff"] = "spectrum",
        ["centroid"] = "spectrum",
        ["spread"] = "spectrum",
        ["skewness"] = "spectrum",
        ["kurtosis"] = "spectrum",
        ["flatness"] = "spectrum",
        ["spectral"] = "spectrum",
        ["perceptual"] = "spectrum",
        ["chromagram"] = "chroma",
        ["voiced"] = "pitch",
    };

    /// <summary>The family of a feature.</summary>
    public static string Of(string name)
    {
        int end = 0;
        while (end < name.Length && char.IsLetterOrDigit(name[end])
            && !(end > 0 && char.IsUpper(name[end]) && char.IsLower(name[end - 1])))
        {
            end++;
        }

        string word = name[..end].TrimEnd([.. "0123456789"]);
        return word.Length == 0 ? name : Families.GetValueOrDefault(word, word);
    }
}
