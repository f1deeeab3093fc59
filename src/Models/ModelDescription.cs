using System.Reflection;
using SerLab.Features.FeatureSets;
using SerLab.Training.Learners;

namespace SerLab.Models;

/// <summary>
/// What travels inside a model file beside the model: what it takes, where it comes from and how well it did. Everything an app
/// or a reader needs to use it rightly, and nothing that differs from one export of the same model to the next (no date).
/// </summary>
public sealed record ModelDescription
{
    /// <summary>Short name of the model, e.g. <c>emo-soundscapes-svr</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The learner and its settings in words, e.g. <c>svr (C = 1, gamma = auto) on standardised features</c>.</summary>
    public required string Learner { get; init; }

    /// <summary>The features that the model takes.</summary>
    public required FeatureRecipe Features { get; init; }

    /// <summary>
    /// Sample rate in hertz of the sounds that the features were computed from, or <see langword="null"/> where the features are
    /// not computed from sound or the sounds had several rates.
    /// </summary>
    public int? SampleRate { get; init; }

    /// <summary>Name of the training corpus.</summary>
    public required string Corpus { get; init; }

    /// <summary>Licence of the training corpus; it may bind what the model is used for.</summary>
    public required string CorpusLicence { get; init; }

    /// <summary>Number of clips that the model was trained on.</summary>
    public int TrainingClips { get; init; }

    /// <summary>The protocol of the scores in words, e.g. <c>10-fold grouped by source recording</c>.</summary>
    public string Protocol { get; init; } = "";

    /// <summary>Scores on clips that the scored model had not seen.</summary>
    public IReadOnlyList<ModelScore> Scores { get; init; } = [];

    /// <summary>What makes the scores better than they should be, one sentence each; empty where nothing is known to.</summary>
    public IReadOnlyList<string> Leaks { get; init; } = [];

    /// <summary>How far single answers can be trusted, one sentence each; empty where that was not measured.</summary>
    public IReadOnlyList<string> Limits { get; init; } = [];

    /// <summary>
    /// The layers of every target's model, by the target's name; empty where the models are no networks of layers.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ModelLayer>> Layers { get; init; } =
        new Dictionary<string, IReadOnlyList<ModelLayer>>();

    /// <summary>Version of SerLab that wrote the file.</summary>
    public string Version { get; init; } =
        typeof(ModelDescription).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()?.Version ?? "";
}

/// <summary>A score of a model under a protocol.</summary>
/// <param name="Protocol">The protocol, e.g. <c>grouped</c>.</param>
/// <param name="Target">What was predicted, e.g. <c>valence</c>.</param>
/// <param name="Metric">The metric, e.g. <c>r2</c>.</param>
/// <param name="Value">Its value; over folds, the mean.</param>
/// <param name="Deviation">Its standard deviation over folds, where there are folds.</param>
public sealed record ModelScore(string Protocol, string Target, string Metric, double Value, double? Deviation = null);

/// <summary>Which features a model takes, in order, and how they are computed.</summary>
/// <param name="Id">Id of the feature set, e.g. <c>meyda74</c>.</param>
/// <param name="Key">The id with a hash of parameters and names: equal exactly when the recipe is.</param>
/// <param name="Parameters">Everything that changes the numbers, by name.</param>
/// <param name="Names">The feature names, in order.</param>
/// <param name="Runtime">
/// What computed frozen networks behind the features that the model was trained on, name and version; none where there are none.
/// </param>
public sealed record FeatureRecipe(
    string Id, string Key, IReadOnlyDictionary<string, string> Parameters, IReadOnlyList<string> Names, string? Runtime = null)
{
    /// <summary>The ids of the parts that are columns of a table, which no sound gives; none where all is computed.</summary>
    public IReadOnlyList<string> Tables =>
    [
        .. Parameters.Keys.Where(key => key == FeatureSet.TableHash).Select(_ => Id),
        .. Parameters.Keys.Where(key => key.EndsWith($":{FeatureSet.TableHash}", StringComparison.Ordinal))
            .Select(key => key[..^(FeatureSet.TableHash.Length + 1)]),
    ];

    /// <summary>The recipe of a feature set that SerLab computes.</summary>
    public static FeatureRecipe Of(FeatureSet set) => new(set.Id, set.Key, set.Parameters, set.Names, set.Runtime?.Name);

    /// <summary>Columns of a table that SerLab did not compute: only their names are known.</summary>
    public static FeatureRecipe OfTable(string id, IReadOnlyList<string> names) => Of(new FeatureSet(
        id, $"Columns of {id}", [], names, _ =>
            throw new NotSupportedException($"{id} is a table; it is not computed from sound.")));
}
