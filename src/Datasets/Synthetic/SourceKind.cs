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
        new("human", new(-46, -16), 0.2, 0.3, 0.5,
            new(400, 5000), new(80, 400), new(0.1, 0.6), new(1.5, 8), new(200, 2500), 0.6),
        new("indicator", new(-44, -12), 0.1, 0.35, 0.55,
            new(500, 8000), new(200, 2500), new(0, 0.6), new(0.5, 8), new(400, 5000), 0.8),
        new("mechanical", new(-46, -12), 0.45, 0.4, 0.15,
            new(100, 6000), new(30, 250), new(0.3, 1), new(0.3, 6), new(100, 2000), 0.1),
        new("nature", new(-56, -20), 0.55, 0.1, 0.35,
            new(500, 16000), new(150, 1500), new(0, 0.3), new(0.3, 7), new(600, 6000), 0.7),
        new("quiet", new(-80, -40), 0.75, 0.15, 0.1,
            new(100, 8000), new(50, 600), new(0, 0.3), new(0.1, 2), new(150, 3000), 0.4),
        new("society", new(-46, -14), 0.35, 0.3, 0.35,
            new(300, 8000), new(60, 800), new(0.1, 0.8), new(1, 10), new(200, 4000), 0.5),
    ];
}
