using System.ComponentModel.DataAnnotations;
using SerLab.Evaluation.Search;
using SerLab.Training.Catalogue;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Experiments;

/// <summary>What is compared and how it is judged: everything that decides the figures, nothing about where or how fast. Immutable.</summary>
public sealed record Experiment
{
    /// <summary>Short name: part of the run folder's name.</summary>
    public required string Name { get; init; }

    /// <summary>Id of the feature set; none: the corpus's own.</summary>
    public string? FeatureSet { get; init; }

    /// <summary>The models; none: the catalogue's defaults for the corpus's kind of labels.</summary>
    public IReadOnlyList<LearnerSpecification> Learners { get; init; } = [];

    /// <summary>What is searched for inside every fold, by the name of a learner among <see cref="Learners"/>.</summary>
    public IReadOnlyList<SearchSpecification> Searches { get; init; } = [];

    /// <summary>The ratings to predict; none: all of the corpus.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Names of the protocols; none: random, and grouped where the corpus has groups.</summary>
    public IReadOnlyList<string> Protocols { get; init; } = [];

    /// <summary>How protocol <c>holdout</c> divides; none: it may not be named.</summary>
    public HoldOutSize? Split { get; init; }

    /// <summary>The kind of group that must not cross folds; none: the corpus's own.</summary>
    public string? Group { get; init; }

    /// <summary>Number of folds, 2 to 1,000; default 10.</summary>
    [Range(2, 1000)]
    public int Folds { get; init; } = 10;

    /// <summary>
    /// How often the clips are divided anew and every model fitted again, 1 to 100; default 1. Protocols that do not shuffle are not
    /// repeated.
    /// </summary>
    [Range(1, 100)]
    public int Repeats { get; init; } = 1;

    /// <summary>Seed of folds, fits and bootstrap, 0 or more; default 0.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; init; }
}
