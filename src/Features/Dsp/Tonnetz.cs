namespace SerLab.Features.Dsp;

/// <summary>
/// The tonal centroid of a chroma: its place on the circles of fifths, minor and major thirds (Harte et al., "Detecting harmonic
/// change in musical audio", 2006). Equal to <c>librosa.feature.tonnetz(chroma=C)</c>.
/// </summary>
internal static class Tonnetz
{
    /// <summary>Sine and cosine on each of the three circles.</summary>
    public const int Dimensions = 6;

    private static readonly (double Turns, double Radius)[] Circles = [(7.0 / 6, 1), (3.0 / 2, 1), (2.0 / 3, 0.5)];

    /// <summary>The centroid of every frame: one row per dimension; 0 where there is no sound.</summary>
    /// <param name="chroma">Twelve rows, C to B, of any scale.</param>
    public static FrameMatrix Of(FrameMatrix chroma) => Bank().Apply(FrameScaling.BySum(chroma));

    private static FilterBank Bank() => new([.. Circles.SelectMany(circle => new[] { 0.5, 0 }.Select(quarter =>
        Enumerable.Range(0, ChromaBank.Classes)
            .Select(c => (float)(circle.Radius * Math.Cos(Math.PI * ((circle.Turns * c) - quarter)))).ToArray()))]);
}
