using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Protocols;
using SerLab.Training.Importance;
using SerLab.Training.Learners;
using SerLab.Training.Pipelines;

namespace SerLab.Evaluation.Running;

/// <summary>The objects that a run is made of: everything that decides its figures. Immutable.</summary>
public sealed record RunInputs
{
    /// <summary>Name of the run; part of the folder's name.</summary>
    public required string Name { get; init; }

    /// <summary>The clips.</summary>
    public required Corpus Corpus { get; init; }

    /// <summary>What models learn from: example i is of clip i (see <see cref="FeatureRows.Align"/>).</summary>
    public required Examples Examples { get; init; }

    /// <summary>Names along the examples' last axis.</summary>
    public required IReadOnlyList<string> FeatureNames { get; init; }

    /// <summary>Key of the feature set, or the name of the table.</summary>
    public required string FeatureSet { get; init; }

    /// <summary>Why networks behind the features may have heard the clips before; none where that is not so.</summary>
    public string? FeatureCaution { get; init; }

    /// <summary>What computed networks behind the features, name and version; none where there are none.</summary>
    public string? FeatureRuntime { get; init; }

    /// <summary>The models to compare, with distinct names.</summary>
    public required IReadOnlyList<ILearner> Learners { get; init; }

    /// <summary>What is predicted, at least one; all ratings, or the classes.</summary>
    public required IReadOnlyList<TargetValues> Targets { get; init; }

    /// <summary>How the models are judged; at least one, all built on the same <see cref="ClipGroups"/>.</summary>
    public required IReadOnlyList<Protocol> Protocols { get; init; }

    /// <summary>
    /// Everything else that decides the figures, above all the options of the learners: an interrupted run is only resumed when
    /// they are the same.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The groups of features whose importance is measured in every fold; none: it is not.</summary>
    public FeatureShuffle? Importance { get; init; }

    /// <summary>Seed of fits.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// What a learner combines, where it hears the answers of others in this run instead of fitting them; else none.
    /// </summary>
    internal ICombination? CombinationOf(ILearner learner) =>
        (learner as Pipeline)?.Combination is { Combined.Count: > 0 } combination
        && combination.Combined.All(member => Learners.Any(other => other.Name == member.Name))
            ? combination
            : null;
}
