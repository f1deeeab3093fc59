using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using SerLab.Datasets.Corpora;
using SerLab.Training.Catalogue;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Experiments;

/// <summary>
/// What is compared and how it is judged: everything that decides the figures, nothing about where or how fast. Several feature
/// sets or seeds are a run each. Immutable.
/// </summary>
public sealed record Experiment
{
    /// <summary>The name by which <see cref="Targets"/> ask for the classes of a corpus.</summary>
    public const string ClassTarget = "class";

    /// <summary>The name by which <see cref="Targets"/> ask for the examples themselves.</summary>
    public const string ReconstructionTarget = "reconstruction";

    /// <summary>The most seeds that a number of seeds stands for.</summary>
    public const int MostSeeds = 1000;

    /// <summary>Short name: part of the run folder's name.</summary>
    public required string Name { get; init; }

    /// <summary>Which part of a series it is, part of folder names; empty where it is the only one.</summary>
    public string Part { get; init; } = "";

    /// <summary>
    /// A name of the catalogue, or the path of a described corpus; none: the one that is handed in, or the series' own.
    /// </summary>
    public string? Corpus { get; init; }

    /// <summary>
    /// Another corpus, named alike, that nothing is learnt from, only tested by protocol <c>across-corpora</c>; none by default.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TestOn { get; init; }

    /// <summary>
    /// What <see cref="TestOn"/> calls the labels, in pairs such as <c>happy=joy</c> (see <see cref="LabelMap.Parse"/>); none:
    /// namesakes.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Map { get; init; }

    /// <summary>Ids of feature sets, each a run of its own; none: the corpus's own.</summary>
    public IReadOnlyList<string> FeatureSets { get; init; } = [];

    /// <summary>The models, each with the search inside it; none: the catalogue's defaults for the target.</summary>
    public IReadOnlyList<LearnerSpecification> Learners { get; init; } = [];

    /// <summary>
    /// The ratings to predict, or <see cref="ClassTarget"/>, or <see cref="ReconstructionTarget"/>; none: all ratings of the
    /// corpus, or its classes where it has no ratings.
    /// </summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Classes to keep, in this order; none: all of the corpus.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Names of the protocols; none: random, and grouped where the corpus has groups.</summary>
    public IReadOnlyList<string> Protocols { get; init; } = [];

    /// <summary>How protocol <c>holdout</c> divides; none: it may not be named.</summary>
    public HoldOutSize? Split { get; init; }

    /// <summary>The kind of group that must not cross folds; none: the corpus's own.</summary>
    public string? Group { get; init; }

    /// <summary>
    /// Whether twins are looked for by ear, so that no fold tears them apart; default true. It changes folds only where there
    /// are some.
    /// </summary>
    public bool FindTwins { get; init; } = true;

    /// <summary>Number of folds, 2 to 1,000; default 10.</summary>
    [Range(2, 1000)]
    public int Folds { get; init; } = 10;

    /// <summary>
    /// How often the clips are divided anew within one run, 1 to 100; default 1. Protocols that do not shuffle are not repeated.
    /// </summary>
    [Range(1, 100)]
    public int Repeats { get; init; } = 1;

    /// <summary>Seeds of folds and fits, 0 or more, each a run of its own; default one, 0.</summary>
    public IReadOnlyList<int> Seeds { get; init; } = [0];

    /// <summary>Of what the importance is measured in every fold; none by default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImportanceUnit? Importance { get; init; }

    /// <summary>Whether classes are predicted.</summary>
    internal bool IsOfClasses => Targets.Contains(ClassTarget);

    /// <summary>Whether examples are reconstructed.</summary>
    internal bool IsReconstruction => Targets.Contains(ReconstructionTarget);

    /// <summary>One experiment per feature set and seed, in this order: what is run at a time.</summary>
    internal IEnumerable<Experiment> Runs() =>
        from sets in FeatureSets.Count > 0 ? FeatureSets.Select(set => (string[])[set]) : [[]]
        from seed in Seeds
        select this with { FeatureSets = sets, Seeds = [seed] };
}
