namespace SerLab.Datasets.Corpora;

/// <summary>
/// ISO/TS 12913-3:2019, annex A: the eight perceived affective qualities, each answered from 1 (strongly disagree) to 5, as a
/// point of the circumplex, normalised to [-1, 1].
/// </summary>
internal static class Circumplex
{
    /// <summary>The qualities in the order that the formulas take them; also the names of their columns.</summary>
    public static IReadOnlyList<string> Qualities { get; } =
        ["pleasant", "vibrant", "eventful", "chaotic", "annoying", "monotonous", "uneventful", "calm"];

    private static readonly double Diagonal = Math.Sqrt(0.5);

    /// <summary>The largest value of either sum for answers from 1 to 5: 4 + √32.</summary>
    private static readonly double Largest = 4 + Math.Sqrt(32);

    /// <summary>P = [(p - a) + cos 45° (ca - ch) + cos 45° (v - m)] / (4 + √32).</summary>
    /// <param name="q">The eight answers in the order of <see cref="Qualities"/>.</param>
    public static double Pleasantness(ReadOnlySpan<double> q) =>
        (q[0] - q[4] + (Diagonal * (q[7] - q[3])) + (Diagonal * (q[1] - q[5]))) / Largest;

    /// <summary>E = [(e - u) + cos 45° (ch - ca) + cos 45° (v - m)] / (4 + √32).</summary>
    /// <param name="q">The eight answers in the order of <see cref="Qualities"/>.</param>
    public static double Eventfulness(ReadOnlySpan<double> q) =>
        (q[2] - q[6] + (Diagonal * (q[3] - q[7])) + (Diagonal * (q[1] - q[5]))) / Largest;
}
