using System.ComponentModel.DataAnnotations;

namespace SerLab.Datasets.Extraction;

/// <summary>How features are extracted. None of these changes a number.</summary>
public sealed record ExtractionOptions
{
    /// <summary>How many clips at once, 0 to 1,024; 0, the default, is one per processor.</summary>
    [Range(0, 1024)]
    public int Threads { get; init; }

    /// <summary>Where features are kept between runs; none by default.</summary>
    public FeatureCache? Cache { get; init; }

    /// <summary>
    /// The sample rate in Hz that every sound must have, 1 to 1,000,000, e.g. because a model was trained at it; by default any,
    /// or what the corpus expects.
    /// </summary>
    [Range(1, 1_000_000)]
    public int? RequiredSampleRate { get; init; }

    /// <summary>
    /// Whether one table may hold clips of several sample rates; false by default, because features computed at the native rate
    /// (mel bands up to its half, roll-off) then tell recordings apart by their rate.
    /// </summary>
    public bool AllowMixedSampleRates { get; init; }
}
