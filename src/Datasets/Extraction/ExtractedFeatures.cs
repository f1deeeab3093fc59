using SerLab.Core;
using SerLab.Datasets.Tables;
using SerLab.Features.FeatureSets;

namespace SerLab.Datasets.Extraction;

/// <summary>The features of all clips of a corpus, with what a run and a model must record of their sounds. Immutable.</summary>
public sealed record ExtractedFeatures
{
    /// <summary>What was computed.</summary>
    public required FeatureSet Set { get; init; }

    /// <summary>The clips, in their order in the corpus.</summary>
    public required IReadOnlyList<string> ClipIds { get; init; }

    /// <summary>
    /// The features, example i for clip i: a <see cref="FeatureMatrix"/> where the set gives rows of named features. Where all
    /// clips give the same number of frames, the shape says so.
    /// </summary>
    public required Examples Examples { get; init; }

    /// <summary>The features as a table with names.</summary>
    /// <exception cref="InvalidInputException">The set does not give rows of named features.</exception>
    public FeatureTable Table => FeatureTable.Of(Set, ClipIds, Examples);

    /// <summary>
    /// The rates of the sounds in Hz, ascending; one, unless mixing was allowed, and none where no sound was needed.
    /// </summary>
    public required IReadOnlyList<int> SampleRates { get; init; }

    /// <summary>How long all sounds last together.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How many clips came from the cache.</summary>
    public required int FromCache { get; init; }
}
