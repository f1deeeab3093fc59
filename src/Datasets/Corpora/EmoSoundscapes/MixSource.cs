namespace SerLab.Datasets.Corpora;

/// <summary>
/// The recording that a part of mixes is taken to be, and how well the features bear it out. Distances are mean absolute
/// differences, in units of the features (each spans 0 to 1), between a recording's features and those that the mixes tell of
/// the part.
/// </summary>
/// <param name="Constituent">The part, as mixes name it: <c>human#1</c>.</param>
/// <param name="Recording">The clip it is taken to be.</param>
/// <param name="Distance">How far that clip is from what the mixes tell.</param>
/// <param name="NextOfMixed">How far the nearest other recording of the class that is in mixes is.</param>
/// <param name="Rank">The place of the recording among all originals of its class; 1 is the nearest.</param>
/// <param name="Of">How many originals the class has.</param>
/// <param name="RunnerUp">The nearest other original of the class.</param>
/// <param name="RunnerUpDistance">How far that one is.</param>
public sealed record MixSource(
    string Constituent,
    string Recording,
    double Distance,
    double NextOfMixed,
    int Rank,
    int Of,
    string RunnerUp,
    double RunnerUpDistance)
{
    /// <summary>Whether no other recording of the class that is in mixes is as near.</summary>
    public bool IsNearestOfMixed => Distance < NextOfMixed;

    /// <summary>
    /// The text of a <c>MixSources.csv</c>, which Emo-Soundscapes' loader takes in place of its own table: constituent, original.
    /// </summary>
    public static string ToCsv(IEnumerable<MixSource> sources) => string.Concat(
        sources.Select(source => $"{source.Constituent},{source.Recording}\n").Prepend("constituent,original\n"));
}
