using SerLab.Datasets.Tables;

namespace SerLab.Datasets.Corpora;

/// <summary>A labelled collection of clips, with what a report must say about it. Immutable.</summary>
public sealed record Corpus
{
    /// <summary>The feature set that is computed where neither corpus nor user names one.</summary>
    public const string UsualFeatureSet = "meyda74";

    /// <summary>What is predicted of a corpus that does not say what its classes are of.</summary>
    public const string UsualClassName = "class";

    /// <summary>Short name users type, e.g. <c>isd</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Full name, e.g. "International Soundscape Database v1.0".</summary>
    public required string Title { get; init; }

    /// <summary>Licence, as its owners state it.</summary>
    public required string Licence { get; init; }

    /// <summary>How to cite the corpus.</summary>
    public required string Citation { get; init; }

    /// <summary>The clips, in the corpus's own order.</summary>
    public required IReadOnlyList<Clip> Clips { get; init; }

    /// <summary>
    /// Names of the continuous targets every clip rates, e.g. <c>valence</c>, <c>arousal</c>; empty for classes only.
    /// </summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The classes in their own order; empty for ratings only.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>
    /// What <see cref="Classes"/> are of, e.g. <c>emotion</c> or <c>mood</c>: the name of the target wherever they are predicted.
    /// Default <see cref="UsualClassName"/>.
    /// </summary>
    public string ClassName { get; init; } = UsualClassName;

    /// <summary>The kind of group (a key of <see cref="Clip.Groups"/>) that must not cross folds, or none.</summary>
    public string? DefaultGroup { get; init; }

    /// <summary>
    /// The feature set to use when none is named: the id of <see cref="Features"/> where there are any, else what to extract.
    /// </summary>
    public string DefaultFeatureSet { get; init; } = UsualFeatureSet;

    /// <summary>Features the corpus ships itself, row i for clip i, or none.</summary>
    public FeatureTable? Features { get; init; }

    /// <summary>
    /// Selections of the columns of <see cref="Features"/> that have ids of their own, each with its columns in order.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> FeatureSelections { get; init; } = [];

    /// <summary>
    /// The sample rate in Hz that every clip should have, or none where any will do; extraction refuses others.
    /// </summary>
    public int? ExpectedSampleRate { get; init; }

    /// <summary>True for generated clips: every table and report then says so.</summary>
    public bool IsSynthetic { get; init; }

    /// <summary>What a reader must know: rows dropped and why, byte-identical clips, deviations.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Clips that sound the same; none where nobody has listened.</summary>
    public SoundTwins? Twins { get; init; }

    /// <summary>The corpora that were made one, see <see cref="JoinedCorpus"/>; none where it is one itself.</summary>
    public CorpusJoin? Join { get; init; }

    /// <summary>The corpus that is learnt from where another is only tested; none where all of this is.</summary>
    internal Corpus? LearntFrom { get; init; }

    /// <summary>Whether a clip is of a corpus that nothing is learnt from.</summary>
    public bool IsTestOnly(Clip clip) => Join?.TestOnly is { } tested && clip.Groups[CorpusJoin.Group] == tested;

    /// <summary>How many clips every class has, in the order of <see cref="Classes"/>; empty for ratings only.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> CountPerClass()
    {
        ILookup<string?, Clip> byLabel = Clips.ToLookup(clip => clip.Label);
        return [.. Classes.Select(name => KeyValuePair.Create(name, byLabel[name].Count()))];
    }
}
