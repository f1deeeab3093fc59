using System.Text.Json.Serialization;
using SerLab.Features.FeatureSets;

namespace SerLab.Evaluation.Experiments;

/// <summary>
/// What an experiment file describes: experiments on a corpus, and the published figures to put beside ours. Immutable; read by
/// <see cref="ExperimentFile"/>, run by <see cref="SeriesRunner"/>.
/// </summary>
public sealed record ExperimentSeries
{
    /// <summary>Short name: part of folder names.</summary>
    public required string Name { get; init; }

    /// <summary>What is compared, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>A name of the catalogue, or the path of a described corpus, for experiments that name none themselves.</summary>
    public required string Corpus { get; init; }

    /// <summary>Corpora that stand in, in this order, where the corpus is not there; then there is no verdict.</summary>
    public IReadOnlyList<string> Fallback { get; init; } = [];

    /// <summary>
    /// The scaler, fitted inside the folds, for learners without one where a fallback stands in: its features do not come
    /// normalised as those of the named corpus may. None: they see the features as they are.
    /// </summary>
    public string? FallbackScaler { get; init; }

    /// <summary>What is run, at least one; the parts differ.</summary>
    public required IReadOnlyList<Experiment> Experiments { get; init; }

    /// <summary>Feature sets that the file describes in files of their own.</summary>
    [JsonIgnore]
    public IReadOnlyList<FeatureSet> FeatureSets { get; init; } = [];

    /// <summary>The published figures; none: nothing is put beside ours.</summary>
    public PublishedResults? Published { get; init; }

    /// <summary>What was changed after the file was read, as the user wrote it; empty for the file as it is.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];
}
