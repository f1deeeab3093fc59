using SerLab.Core;

namespace SerLab.Datasets.Synthetic;

/// <summary>A range to draw a parameter from.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
internal readonly record struct DrawRange(double Low, double High)
{
    /// <summary>Uniform within the range.</summary>
    public double Draw(SeededRandom random) => random.NextDouble(Low, High);

    /// <summary>Uniform in the logarithm, as fits frequencies and rates; both ends must be positive.</summary>
    public double DrawLog(SeededRandom random) => Low * Math.Pow(High / Low, random.NextDouble());
}

/// <summary>
/// What sources of one kind tend to sound like. The six kinds take their names from Schafer's classes, which Emo-Soundscapes
/// uses; they overlap on purpose, so that the kind alone does not give the rating away.
/// </summary>
/// <param name="Name">The class.</param>
/// <param name="Level">RMS level in dB relative to full scale.</param>
/// <param name="Bed">Weight of the noise bed among the three layers.</param>
/// <param name="Tone">Weight of the harmonic texture.</param>
/// <param name="Events">Weight of the events.</param>
/// <param name="Cutoff">Where the noise bed begins to fall, Hz.</param>
/// <param name="Pitch">Fundamental of the texture, Hz.</param>
/// <param name="Roughness">0 (smooth, harmonic) to 1 (fully modulated at 30 to 75 Hz, detuned).</param>
/// <param name="EventRate">Events per second.</param>
/// <param name="EventPitch">Centre of an event, Hz.</param>
/// <param name="TonalEvents">Share of events that have a pitch; the others are bursts of noise.</param>
internal sealed record SourceKind(
    string Name,
    DrawRange Level,
    double Bed,
    double Tone,
    double Events,
    DrawRange Cutoff,
    DrawRange Pitch,
    DrawRange Roughness,
    DrawRange EventRate,
    DrawRange EventPitch,
    double TonalEvents)
{
    public static IReadOnlyList<SourceKind> All { get; } =
    [
        new("human", new(-38, -24), 0.2, 0.3, 0.5,
            new(500, 3000), new(90, 260), new(0.1, 0.6), new(2, 6), new(250, 1500), 0.6),
        new("indicator", new(-36, -20), 0.1, 0.35, 0.55,
            new(600, 5000), new(250, 1000), new(0, 0.6), new(0.8, 6), new(500, 3500), 0.8),
        new("mechanical", new(-38, -20), 0.45, 0.4, 0.15,
            new(150, 2000), new(40, 160), new(0.4, 1), new(0.5, 4), new(120, 1200), 0.1),
        new("nature", new(-44, -26), 0.55, 0.1, 0.35,
            new(800, 8000), new(200, 800), new(0, 0.3), new(0.5, 5), new(800, 4000), 0.7),
        new("quiet", new(-52, -38), 0.75, 0.15, 0.1,
            new(150, 2500), new(60, 400), new(0, 0.3), new(0.2, 1.5), new(200, 2000), 0.4),
        new("society", new(-38, -22), 0.35, 0.3, 0.35,
            new(400, 4000), new(80, 500), new(0.1, 0.7), new(1.5, 8), new(300, 2500), 0.5),
    ];
}
