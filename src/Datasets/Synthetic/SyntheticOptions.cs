using System.ComponentModel.DataAnnotations;

namespace SerLab.Datasets.Synthetic;

/// <summary>What to generate. The same options give the same corpus.</summary>
public sealed record SyntheticOptions
{
    /// <summary>Number of clips, half of them originals and half mixes; default 600.</summary>
    [Range(30, 100_000)]
    public int Clips { get; init; } = 600;

    /// <summary>Length of each clip in seconds; default 6, as in Emo-Soundscapes.</summary>
    [Range(0.5, 60.0)]
    public double Seconds { get; init; } = 6;

    /// <summary>Samples per second in Hz; default 44,100.</summary>
    [Range(8_000, 192_000)]
    public int SampleRate { get; init; } = 44_100;

    /// <summary>Seed of everything drawn; default 1.</summary>
    public int Seed { get; init; } = 1;
}
