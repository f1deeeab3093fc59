using System.Text.Json;
using System.Text.Json.Serialization;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Protocols;
using SerLab.Training.Learners;

namespace SerLab.Evaluation.Records;

/// <summary>The corpus of a run.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Title">Full name.</param>
/// <param name="Licence">Licence, as its owners state it.</param>
/// <param name="Citation">How to cite it.</param>
/// <param name="IsSynthetic">Whether its clips are generated.</param>
/// <param name="Clips">Number of clips.</param>
/// <param name="Hash">SHA-256 of clip ids, labels, groups and sources, and of the name of the classes.</param>
/// <param name="Sounds">Number of clips whose sound is at hand.</param>
/// <param name="Twins">Clips that sound the same; none where nobody has listened.</param>
/// <param name="Knowledge">What it tells of who and what clips share.</param>
/// <param name="Join">The corpora that were made one; none where it is one itself.</param>
public sealed record RecordedCorpus(
    string Name,
    string Title,
    string Licence,
    string Citation,
    bool IsSynthetic,
    int Clips,
    string Hash,
    int Sounds,
    SoundTwins? Twins,
    GroupKnowledge Knowledge,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CorpusJoin? Join = null);

/// <summary>The features of a run.</summary>
/// <param name="Set">Key of the feature set, or the name of the table.</param>
/// <param name="Count">Number of features or bands; of all values where sets of several forms stand side by side.</param>
/// <param name="Hash">SHA-256 of names and values.</param>
/// <param name="Caution">Why networks behind the features may have heard the clips before; none where that is not so.</param>
/// <param name="Runtime">What computed those networks, name and version; none where there are none.</param>
public sealed record RecordedFeatures(string Set, int Count, string Hash, string? Caution = null, string? Runtime = null);

/// <summary>A protocol of a run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">One sentence: what is divided how.</param>
/// <param name="Rule">What its folds promise.</param>
/// <param name="GlobalPreprocessing">Preprocessing fitted on all clips, or none.</param>
/// <param name="Clips">Number of clips that take part.</param>
/// <param name="NeverTested">Number of those that no fold tests.</param>
/// <param name="Folds">The fold scheme of every model, by the model's name.</param>
/// <param name="Leaks">What the folds let through.</param>
/// <param name="Enrolled">
/// Number of unlabelled clips of a tested group that are known; none where every clip is judged by itself.
/// </param>
/// <param name="ScaledBy">
/// The kind of group whose clips, tested ones included, are scaled together before the folds; none where every clip is judged by
/// itself.
/// </param>
/// <param name="Share">
/// The part of the training clips that is learnt from; none where it is all of them. Its figures are points of a learning curve.
/// </param>
public sealed record RecordedProtocol(
    string Name,
    string Description,
    GroupRule Rule,
    string? GlobalPreprocessing,
    int Clips,
    int NeverTested,
    IReadOnlyDictionary<string, string> Folds,
    IReadOnlyList<Leak> Leaks,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Enrolled = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ScaledBy = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TrainingShare? Share = null)
{
    /// <summary>Whether unlabelled test clips are used to judge others.</summary>
    [JsonIgnore]
    public bool UsesTestClips => Enrolled is not null || ScaledBy is not null;

    /// <summary>
    /// Whether it asks the usual question: all training clips are learnt from, and every clip is judged by itself.
    /// </summary>
    [JsonIgnore]
    public bool IsUsual => !UsesTestClips && Share is null;

    /// <summary>Whether figures under both answer one question, and so may stand in one table.</summary>
    public bool AsksAs(RecordedProtocol other) =>
        UsesTestClips == other.UsesTestClips && Share is null == other.Share is null;
}

/// <summary>Of what a run measured the importance.</summary>
/// <param name="Repeats">How often each group was shuffled.</param>
/// <param name="Groups">The groups, in order.</param>
public sealed record RecordedImportance(int Repeats, IReadOnlyList<RecordedFeatureGroup> Groups);

/// <summary>A group of features.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Features">Number of features, or of values, in it.</param>
public sealed record RecordedFeatureGroup(string Name, int Features);

/// <summary>
/// <c>run.json</c>: everything that decides a run's figures, known before the first fold is fitted. Two runs with the same
/// description and folds have the same figures, whenever, wherever and on however many threads they run; times are kept
/// elsewhere.
/// </summary>
public sealed record RunDescription
{
    /// <summary>The form that this version writes and reads.</summary>
    public const int CurrentFormat = 3;

    /// <summary>Version of the run folder's form.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>Version of SerLab.</summary>
    public required string Version { get; init; }

    /// <summary>The .NET runtime.</summary>
    public required string Runtime { get; init; }

    /// <summary>Name of the run.</summary>
    public required string Name { get; init; }

    /// <summary>The command that makes these figures again, without options that do not change them.</summary>
    public required string CommandLine { get; init; }

    /// <summary>Seed of fits.</summary>
    public required int Seed { get; init; }

    /// <summary>The corpus.</summary>
    public required RecordedCorpus Corpus { get; init; }

    /// <summary>The features.</summary>
    public required RecordedFeatures Features { get; init; }

    /// <summary>What is predicted.</summary>
    public required IReadOnlyList<Target> Targets { get; init; }

    /// <summary>Names of the models.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Names of those whose settings are chosen anew in every fold.</summary>
    public required IReadOnlyList<string> Searched { get; init; }

    /// <summary>Learner options and whatever else decides the figures, by name.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The protocols.</summary>
    public required IReadOnlyList<RecordedProtocol> Protocols { get; init; }

    /// <summary>Of what the importance is measured; none where that was not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RecordedImportance? Importance { get; init; }

    /// <summary>The target of a name.</summary>
    /// <exception cref="InvalidOperationException">The run has none of that name.</exception>
    public Target TargetOf(string name) => Targets.First(target => target.Name == name);

    /// <summary>The text of <c>run.json</c>.</summary>
    public string ToJson() => RecordJson.Text(this);

    /// <summary>Reads the text of <c>run.json</c>.</summary>
    /// <exception cref="JsonException">The text is not a run description.</exception>
    /// <exception cref="InvalidDataException">It is one of another version's form.</exception>
    public static RunDescription FromJson(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        int? format = document.RootElement.TryGetProperty("format", out JsonElement number) ? number.GetInt32() : null;
        if (format != CurrentFormat)
        {
            throw new InvalidDataException(
                $"{RunFiles.Description} is of form {format}, which another version of SerLab wrote; this one reads form "
                + $"{CurrentFormat}.");
        }

        return RecordJson.Read<RunDescription>(text);
    }
}
