using SerLab.Evaluation.Search;
using SerLab.Training.Catalogue;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Experiments;

/// <summary>What kind of labels an experiment predicts.</summary>
public enum ExperimentTask
{
    /// <summary>Ratings on a scale.</summary>
    Regression,

    /// <summary>Classes.</summary>
    Classification,
}

/// <summary>
/// An experiment as its file describes it: corpus, parts, and the published figures to put beside ours. Immutable; read by
/// <see cref="ExperimentFile"/>, run by <see cref="SeriesRunner"/>.
/// </summary>
public sealed record ExperimentPlan
{
    /// <summary>Short name: part of folder names.</summary>
    public required string Name { get; init; }

    /// <summary>What is compared, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>A name of the catalogue, or the path of a described corpus.</summary>
    public required string Corpus { get; init; }

    /// <summary>Corpora that stand in, in this order, where the corpus is not there; then there is no verdict.</summary>
    public IReadOnlyList<string> Fallback { get; init; } = [];

    /// <summary>
    /// The scaler, fitted inside the folds, for learners without one where a fallback stands in: its features do not come normalised as
    /// those of the named corpus may. None: they see the features as they are.
    /// </summary>
    public string? FallbackScaler { get; init; }

    /// <summary>Ratings or classes.</summary>
    public ExperimentTask Task { get; init; }

    /// <summary>All learners that parts may name.</summary>
    public required IReadOnlyList<LearnerSpecification> Learners { get; init; }

    /// <summary>What is searched for inside every fold, by the name of the learner; the others have the settings they are given.</summary>
    public IReadOnlyList<SearchSpecification> Searches { get; init; } = [];

    /// <summary>What is run; at least one.</summary>
    public required IReadOnlyList<ExperimentPart> Parts { get; init; }

    /// <summary>The published figures; none: nothing is put beside ours.</summary>
    public PublishedResults? Published { get; init; }

    /// <summary>What was changed after the file was read, as the user wrote it; empty for the file as it is.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>The learners of a part, in its order.</summary>
    public IReadOnlyList<LearnerSpecification> LearnersOf(ExperimentPart part) =>
        [.. part.Learners.Select(name => Learners.First(learner => learner.Name == name))];
}

/// <summary>
/// One part of an experiment: every combination of its feature sets, learners, targets, protocols and seeds. Each feature set and seed is
/// a run of its own.
/// </summary>
public sealed record ExperimentPart
{
    /// <summary>Name of the part, part of folder names; empty where an experiment has one part only.</summary>
    public string Name { get; init; } = "";

    /// <summary>A name of the catalogue, or the path of a described corpus; none: the plan's.</summary>
    public string? Corpus { get; init; }

    /// <summary>Ids of feature sets; none: the corpus's own.</summary>
    public IReadOnlyList<string> FeatureSets { get; init; } = [];

    /// <summary>Names of learners of the plan.</summary>
    public required IReadOnlyList<string> Learners { get; init; }

    /// <summary>Ratings to predict; none: all of the corpus.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Classes to keep, in this order; none: all of the corpus.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Names of protocols; none: random, and grouped where the corpus has groups.</summary>
    public IReadOnlyList<string> Protocols { get; init; } = [];

    /// <summary>How protocol <c>holdout</c> divides; none: it may not be used.</summary>
    public HoldOutSize? Split { get; init; }

    /// <summary>The kind of group that must not cross folds; none: the corpus's own.</summary>
    public string? Group { get; init; }

    /// <summary>Number of folds, 2 to 1,000; default 10.</summary>
    public int Folds { get; init; } = 10;

    /// <summary>Seeds; each is a run of its own with folds and fits of its own.</summary>
    public IReadOnlyList<int> Seeds { get; init; } = [0];
}
