using SerLab.Datasets.Tables;

namespace SerLab.Datasets.Extraction;

/// <summary>The features of all clips of a corpus, with what a run and a model must remember of their sounds. Immutable.</summary>
public sealed record ExtractedFeatures
{
    /// <summary>The features, row i for clip i.</summary>
    public required FeatureTable Table { get; init; }

    /// <summary>The rates of the sounds in Hz, ascending; one, unless mixing was allowed.</summary>
    public required IReadOnlyList<int> SampleRates { get; init; }

    /// <summary>How long all sounds last together.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How many clips came from the cache.</summary>
    public required int FromCache { get; init; }

    /// <summary>Why the cache did not work, or <see langword="null"/>; the features are complete all the same.</summary>
    public string? CacheWarning { get; init; }
}
