using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SerLab.Evaluation.Protocols;

namespace SerLab.Evaluation.Runs;

/// <summary>The corpus of a run.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Title">Full name.</param>
/// <param name="Licence">Licence, as its owners state it.</param>
/// <param name="Citation">How to cite it.</param>
/// <param name="IsSynthetic">Whether its clips are generated.</param>
/// <param name="Clips">Number of clips.</param>
/// <param name="Hash">SHA-256 of clip ids, labels, groups and sources.</param>
public sealed record CorpusDescription(
    string Name, string Title, string Licence, string Citation, bool IsSynthetic, int Clips, string Hash);

/// <summary>The features of a run.</summary>
/// <param name="Set">Key of the feature set, or the name of the table.</param>
/// <param name="Count">Number of features.</param>
/// <param name="Hash">SHA-256 of names and values.</param>
public sealed record FeatureDescription(string Set, int Count, string Hash);

/// <summary>A target of a run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Classes">Its classes; empty for a rating.</param>
public sealed record TargetDescription(string Name, IReadOnlyList<string> Classes);

/// <summary>A protocol of a run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">One sentence: what is divided how.</param>
/// <param name="Rule">What its folds promise.</param>
/// <param name="FittedBeforehand">Preprocessing fitted on all clips, or none.</param>
/// <param name="Clips">Number of clips that take part.</param>
/// <param name="NeverTested">Number of those that no fold tests.</param>
/// <param name="Folds">The fold scheme of every model, by the model's name.</param>
/// <param name="Leaks">What the folds let through.</param>
public sealed record ProtocolDescription(
    string Name,
    string Description,
    GroupRule Rule,
    string? FittedBeforehand,
    int Clips,
    int NeverTested,
    IReadOnlyDictionary<string, string> Folds,
    IReadOnlyList<Leak> Leaks);

/// <summary>
/// <c>run.json</c>: everything that decides a run's figures, known before the first fold is fitted. Two runs with the same
/// description and folds have the same figures, whenever, wherever and on however many threads they run; times are kept
/// elsewhere.
/// </summary>
public sealed record RunDescription
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Version of the run folder's form.</summary>
    public int Format { get; init; } = 1;

    /// <summary>Version of SerLab.</summary>
    public required string Version { get; init; }

    /// <summary>The .NET runtime.</summary>
    public required string Runtime { get; init; }

    /// <summary>Name of the run.</summary>
    public required string Name { get; init; }

    /// <summary>The command that makes these figures again, without options that do not change them.</summary>
    public required string CommandLine { get; init; }

    /// <summary>Seed of fits and bootstrap.</summary>
    public required int Seed { get; init; }

    /// <summary>Number of bootstrap draws behind every interval.</summary>
    public required int BootstrapDraws { get; init; }

    /// <summary>The corpus.</summary>
    public required CorpusDescription Corpus { get; init; }

    /// <summary>The features.</summary>
    public required FeatureDescription Features { get; init; }

    /// <summary>What is predicted.</summary>
    public required IReadOnlyList<TargetDescription> Targets { get; init; }

    /// <summary>Names of the models.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Learner options and whatever else decides the figures, by name.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The protocols.</summary>
    public required IReadOnlyList<ProtocolDescription> Protocols { get; init; }

    /// <summary>The text of <c>run.json</c>.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";

    /// <summary>Reads the text of <c>run.json</c>.</summary>
    /// <exception cref="JsonException">The text is not a run description.</exception>
    public static RunDescription FromJson(string text) =>
        JsonSerializer.Deserialize<RunDescription>(text, Json) ?? throw new JsonException("run.json is empty.");
}
