using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Statistics;

namespace SerLab.Evaluation.Experiments;

/// <summary>
/// The outcome of a series: every figure of its runs, the published ones beside them, and what the published protocol hides. Kept
/// as <c>reproduction.json</c>; every figure of ours follows from the predictions in the runs' folders.
/// </summary>
public sealed record Reproduction
{
    /// <summary>Name of the series.</summary>
    public required string Name { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>The command that makes these figures again.</summary>
    public required string CommandLine { get; init; }

    /// <summary>The corpus it ran on.</summary>
    public required RecordedCorpus Corpus { get; init; }

    /// <summary>The corpus it should have run on, where that is not here; then no figure is compared.</summary>
    public string? StandsInFor { get; init; }

    /// <summary>Why published figures cannot be judged against ours; none where they can.</summary>
    public string? NotComparable { get; init; }

    /// <summary>Where the published figures come from; none where there are none.</summary>
    public string? Source { get; init; }

    /// <summary>Settings changed on the command line.</summary>
    public required IReadOnlyList<string> Overrides { get; init; }

    /// <summary>What was left out, and facts on the published figures.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The runs, in order.</summary>
    public required IReadOnlyList<SeriesRun> Runs { get; init; }

    /// <summary>What the protocols let through.</summary>
    public required IReadOnlyList<SeriesLeak> Leaks { get; init; }

    /// <summary>Ours, with the published figures beside them where both are of the same.</summary>
    public required IReadOnlyList<SeriesFigure> Figures { get; init; }

    /// <summary>Learners against each other on the same folds, over all seeds, by the headline metric.</summary>
    public required IReadOnlyList<SeriesTest> Tests { get; init; }

    /// <summary>All published figures.</summary>
    public required IReadOnlyList<PublishedFigure> Published { get; init; }

    /// <summary>What the published protocol hides, computed from the runs.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}

/// <summary>A run of a series.</summary>
/// <param name="Name">Its folder below the series' own; a name only where nothing is written.</param>
/// <param name="Part">Name of the part.</param>
/// <param name="FeatureSet">Id of the feature set.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Protocols">Names of its protocols.</param>
public sealed record SeriesRun(string Name, string Part, string FeatureSet, int Seed, IReadOnlyList<string> Protocols);

/// <summary>A leak of a protocol in a run; equal ones of several runs are listed once.</summary>
/// <param name="Part">Name of the part.</param>
/// <param name="FeatureSet">Id of the feature set.</param>
/// <param name="Protocol">Name of the protocol.</param>
/// <param name="Leak">The leak.</param>
public sealed record SeriesLeak(string Part, string FeatureSet, string Protocol, Leak Leak);

/// <summary>One metric of one learner on one target under one protocol, over all seeds.</summary>
/// <param name="Part">Name of the part.</param>
/// <param name="FeatureSet">Id of the feature set.</param>
/// <param name="Protocol">Name of the protocol.</param>
/// <param name="Target">Name of the target.</param>
/// <param name="Learner">Name of the learner.</param>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Mean">Mean over folds; over several seeds the mean of those means.</param>
/// <param name="Std">
/// Population standard deviation over folds; where there are several seeds, of the seeds' means.
/// </param>
/// <param name="Pooled">The metric of all out-of-fold predictions together; the mean over seeds.</param>
/// <param name="Seeds">What every seed gave.</param>
/// <param name="Optimism">
/// What the leaky protocol beside this one adds on the clips that both test, the mean over seeds; none where there is no such
/// protocol.
/// </param>
/// <param name="Published">The published value of the same, or none.</param>
/// <param name="Note">Where the published value is not what it seems, or none.</param>
/// <param name="Comparison">Ours against theirs; none where they cannot be compared.</param>
/// <param name="Place">
/// Where the published mean lies among those of our seeds; none with one seed or where they cannot be compared.
/// </param>
public sealed record SeriesFigure(
    string Part,
    string FeatureSet,
    string Protocol,
    string Target,
    string Learner,
    string Metric,
    double Mean,
    double Std,
    double Pooled,
    IReadOnlyList<SeedFigure> Seeds,
    double? Optimism,
    PublishedValue? Published,
    string? Note,
    FigureComparison? Comparison,
    PublishedPlace? Place);

/// <summary>
/// Two learners on the same folds: the corrected resampled t-test (<see cref="CorrectedResampledTTest"/>) over the folds of all
/// seeds, which is that of repeated cross-validation.
/// </summary>
/// <param name="Part">Name of the part.</param>
/// <param name="FeatureSet">Id of the feature set.</param>
/// <param name="Protocol">Name of the protocol.</param>
/// <param name="Target">Name of the target.</param>
/// <param name="Metric">Name of the metric.</param>
/// <param name="First">Name of one learner.</param>
/// <param name="Second">Name of the other.</param>
/// <param name="Folds">Number of folds, over all seeds.</param>
/// <param name="Result">Difference first minus second, statistic and p-value.</param>
/// <param name="HolmPValue">The p-value corrected for all pairs of the same table.</param>
public sealed record SeriesTest(
    string Part,
    string FeatureSet,
    string Protocol,
    string Target,
    string Metric,
    string First,
    string Second,
    int Folds,
    TestResult Result,
    double HolmPValue);

/// <summary>What one seed gave.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Mean">Mean over the folds.</param>
/// <param name="Std">Population standard deviation over the folds.</param>
/// <param name="Pooled">The metric of all out-of-fold predictions together.</param>
/// <param name="Interval">95 % interval of the pooled value over groups.</param>
/// <param name="Folds">The value of every fold.</param>
public sealed record SeedFigure(
    int Seed, double Mean, double Std, double Pooled, ConfidenceInterval Interval, IReadOnlyList<double> Folds);

/// <summary>Something that a table of scores does not show, computed from runs.</summary>
/// <param name="Name">Short name, e.g. <c>training-score</c>.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Sentences">What was found, with the numbers.</param>
/// <param name="Numbers">The numbers behind the sentences.</param>
public sealed record Finding(
    string Name, string Title, IReadOnlyList<string> Sentences, IReadOnlyList<FindingNumber> Numbers);

/// <summary>A number of a finding.</summary>
/// <param name="Of">What it is of, e.g. <c>svr, emo122, arousal</c>.</param>
/// <param name="What">What it is, e.g. <c>implied pooled R²</c>.</param>
/// <param name="Value">The number.</param>
public sealed record FindingNumber(string Of, string What, double Value);
