using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Protocols;

/// <summary>What a protocol is made from. Immutable.</summary>
public sealed record ProtocolRequest
{
    /// <summary>Asks for a protocol of a corpus.</summary>
    /// <param name="corpus">The clips to divide.</param>
    /// <param name="groups">
    /// Which of them belong together; none: computed from the corpus's default group. All protocols of a run share them.
    /// </param>
    public ProtocolRequest(Corpus corpus, ClipGroups? groups = null)
    {
        Corpus = corpus;
        Groups = groups ?? ClipGroups.Of(corpus);
    }

    /// <summary>The clips to divide.</summary>
    public Corpus Corpus { get; }

    /// <summary>Which clips belong together.</summary>
    public ClipGroups Groups { get; }

    /// <summary>Number of folds, at least 2, where the protocol does not fix it; default 10.</summary>
    public int Folds { get; init; } = 10;

    /// <summary>Seed of the shuffle, zero or more, where the protocol shuffles; default 0.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// How often the clips are divided anew, at least 1; default 1. Protocols that do not shuffle would repeat the same folds and
    /// are not repeated.
    /// </summary>
    public int Repeats { get; init; } = 1;

    /// <summary>How a protocol with one division makes it; none: such a protocol may not be asked for.</summary>
    public HoldOutSize? Split { get; init; }

    /// <summary>The number that the protocol is named with, at least 1; none where it is named without.</summary>
    public int? Count { get; init; }

    /// <summary>Names of the learners that are networks: a published protocol may have other folds for them.</summary>
    public IReadOnlyCollection<string> Networks { get; init; } = [];

    /// <summary>Whether clips are classed and not rated, so that folds are stratified.</summary>
    internal bool IsByClass => Corpus.Classes.Count > 0 && Corpus.Targets.Count == 0;

    /// <summary>Shuffled folds, stratified by class where there are classes, repeated where asked for.</summary>
    internal ISplitter Shuffled => Repeated(IsByClass ? new StratifiedKFold(Folds, Seed) : new KFold(Folds, Seed));

    /// <summary>Folds of whole groups, stratified by class and repeated where there are classes.</summary>
    internal ISplitter WholeGroups => IsByClass ? Repeated(new StratifiedGroupKFold(Folds)) : new GroupKFold(Folds);

    /// <summary>The splitter, as often as asked for.</summary>
    internal ISplitter Repeated(IShuffledSplitter splitter) => Repeats == 1 ? splitter : new Repeated(splitter, Repeats, Seed);

    /// <summary>The division of a protocol that has one only.</summary>
    /// <exception cref="InvalidInputException">Nobody said how.</exception>
    internal HoldOut HoldOut => new(
        Split ?? throw new InvalidInputException(
            $"A protocol '{ProtocolCatalogue.HoldOut}' needs to know how many clips are tested: an experiment file says it with "
            + "'split: {holdout: 192}'."),
        Seed);

    /// <summary>Refuses a corpus without groups.</summary>
    /// <param name="protocol">Name of the protocol that keeps groups whole.</param>
    internal void RequireGroups(string protocol)
    {
        if (Groups.Kind is null)
        {
            throw new InvalidInputException(
                $"Protocol '{protocol}' keeps groups whole, but corpus '{Corpus.Name}' names no group of clips; name one, or use "
                + $"protocol '{ProtocolCatalogue.Random}' and know that clips which belong together may cross its folds.");
        }
    }

    /// <summary>Refuses a corpus that does not tell the source recordings.</summary>
    /// <param name="protocol">Name of the protocol that needs them.</param>
    internal void RequireSources(string protocol)
    {
        if (!Corpus.Clips.Any(clip => clip.Sources.Count > 0))
        {
            throw new InvalidInputException(
                $"Protocol '{protocol}' needs the source recordings of the clips, but corpus '{Corpus.Name}' does not tell them; "
                + $"use protocol '{ProtocolCatalogue.Grouped}' or '{ProtocolCatalogue.Random}'.");
        }
    }
}
