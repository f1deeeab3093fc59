using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Training.Preprocessing;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Protocols;

/// <summary>The protocols that can be asked for by name.</summary>
public static class ProtocolCatalogue
{
    /// <summary>As Chen (2022) published: learners on different folds, features normalised over all clips beforehand.</summary>
    public const string Thesis = "thesis";

    /// <summary>Shuffled clips, stratified by class where there are classes.</summary>
    public const string Random = "random";

    /// <summary>Folds of clips in the corpus's own order, stratified by class where there are classes.</summary>
    public const string InOrder = "in-order";

    /// <summary>One random division into training and test clips.</summary>
    public const string HoldOut = "holdout";

    /// <summary>
    /// The training clips of the same division as <see cref="HoldOut"/>, tested by the model that learnt from them: only to reproduce
    /// published figures of that kind.
    /// </summary>
    public const string HoldOutTraining = "holdout-training";

    /// <summary>Whole groups (speaker, location, constituents of a mix).</summary>
    public const string Grouped = "grouped";

    /// <summary>The unmixed clips only, shuffled.</summary>
    public const string Originals = "originals";

    /// <summary>Held-out source recordings.</summary>
    public const string SourcesOut = "sources-out";

    /// <summary>One fold per group.</summary>
    public const string LeaveOneGroupOut = "leave-one-group-out";

    /// <summary>The six fixed speaker folds of EmoBox (Ma et al. 2024) for RAVDESS.</summary>
    public const string RavdessEmoBox = "ravdess-emobox6";

    /// <summary>Tested on the training clips: only to reproduce published figures of that kind.</summary>
    public const string TrainingSet = "training-set";

    private static readonly int[][] EmoBoxTestActors =
        [[1, 11, 20, 21], [4, 10, 12, 14], [8, 9, 19, 23], [3, 5, 7, 24], [2, 15, 16, 18], [6, 13, 17, 22]];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [Random, Grouped, Originals, SourcesOut, LeaveOneGroupOut, RavdessEmoBox, InOrder, HoldOut, HoldOutTraining, Thesis, TrainingSet];

    /// <summary>Builds a protocol for a corpus.</summary>
    /// <param name="corpus">The clips to divide.</param>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="folds">Number of folds, at least 2, where the protocol does not fix it.</param>
    /// <param name="seed">Seed of the shuffle, zero or more, where the protocol shuffles.</param>
    /// <param name="groups">Which clips belong together; none: computed from the corpus's default group.</param>
    /// <param name="split">How <see cref="HoldOut"/> divides; none: it may not be asked for.</param>
    /// <param name="repeats">
    /// How often the clips are divided anew, at least 1; protocols that do not shuffle would repeat the same folds and are not repeated.
    /// </param>
    /// <exception cref="InvalidInputException">There is no such protocol, or the corpus lacks what it needs.</exception>
    public static Protocol For(
        Corpus corpus, string name, int folds = 10, int seed = 0, ClipGroups? groups = null, HoldOutSize? split = null,
        int repeats = 1)
    {
        CheckName(name);
        CheckNumbers(folds, seed);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        groups ??= ClipGroups.Of(corpus);
        bool byClass = corpus.Classes.Count > 0 && corpus.Targets.Count == 0;
        ISplitter shuffled = Repeat(byClass ? new StratifiedKFold(folds, seed) : new KFold(folds, seed));
        return name switch
        {
            Random => Define(name, shuffled),
            Grouped => Whole(corpus, name, RequireGroups(corpus, groups, name), byClass
                ? Repeat(new StratifiedGroupKFold(folds))
                : new GroupKFold(folds)),
            InOrder => Define(name, byClass ? new StratifiedKFold(folds) : new KFold(folds)),
            HoldOut => Define(name, new HoldOut(split ?? throw NoSplit(), seed)),
            HoldOutTraining => Define(name, new TrainingPart(new HoldOut(split ?? throw NoSplit(), seed))),
            LeaveOneGroupOut => Whole(corpus, name, RequireGroups(corpus, groups, name), new LeaveOneGroupOut()),
            Originals => Protocol.Define(
                name,
                $"unmixed clips only, in {shuffled.Describe()}",
                RequireSources(corpus, name),
                groups,
                GroupRule.None,
                [new SplitterRule(_ => true, shuffled)],
                clip => clip.Sources.Count == 1),
            SourcesOut => Protocol.Define(
                name,
                $"{new SourcesOut(folds, seed).Describe()}; clips that mix held-out and other sources are in neither part",
                RequireSources(corpus, name),
                groups,
                GroupRule.WholeSources,
                new SourcesOut(folds, seed)),
            RavdessEmoBox => Whole(corpus, name, groups, EmoBox(corpus)),
            Thesis => AsInTheThesis(corpus, groups, folds, seed),
            _ => Protocol.Define(
                name, "every clip tested by a model that learnt from it", corpus, groups, GroupRule.None, new Resubstitution()),
        };

        Protocol Define(string called, ISplitter splitter) =>
            Protocol.Define(called, $"clips in {splitter.Describe()}", corpus, groups, GroupRule.None, splitter);

        ISplitter Repeat(IShuffledSplitter splitter) => repeats == 1 ? splitter : new Repeated(splitter, repeats, seed);
    }

    /// <summary>Whether the thesis's protocol treats a learner as its neural network, by its name.</summary>
    internal static bool IsNetwork(string learner) =>
        learner.StartsWith("mlp", StringComparison.OrdinalIgnoreCase)
        || learner.StartsWith("network", StringComparison.OrdinalIgnoreCase)
        || learner.StartsWith("nn", StringComparison.OrdinalIgnoreCase);

    private static Protocol AsInTheThesis(Corpus corpus, ClipGroups groups, int folds, int seed) => Protocol.Define(
        Thesis,
        $"as published: networks (learners named mlp…, network…, nn…) on {folds} folds in corpus order, all others on {folds} folds "
        + $"shuffled with seed {seed}; features normalised to [0, 1] over all clips beforehand",
        corpus,
        groups,
        GroupRule.None,
        [new SplitterRule(IsNetwork, new KFold(folds)), new SplitterRule(_ => true, new KFold(folds, seed))],
        fittedBeforehand: new MinMaxScaler());

    private static Protocol Whole(Corpus corpus, string name, ClipGroups groups, ISplitter splitter) => Protocol.Define(
        name, $"{splitter.Describe()} (group: {groups.Kind})", corpus, groups, GroupRule.WholeGroups, splitter);

    private static FixedFolds EmoBox(Corpus corpus)
    {
        int[] foldOf =
        [
            .. corpus.Clips.Select(clip =>
            {
                int actor = ActorOf(clip);
                int fold = Array.FindIndex(EmoBoxTestActors, actors => actors.Contains(actor));
                return fold >= 0 ? fold : throw NotRavdess(corpus, clip);
            }),
        ];
        return foldOf.Distinct().Count() == EmoBoxTestActors.Length
            ? new FixedFolds(RavdessEmoBox, foldOf)
            : throw new InvalidInputException(
                $"Protocol '{RavdessEmoBox}' tests 24 actors in six folds, but corpus '{corpus.Name}' has clips for "
                + $"{foldOf.Distinct().Count()} of the folds only; use the whole corpus, or protocol '{Grouped}'.");

        static int ActorOf(Clip clip)
        {
            string? speaker = clip.Groups.GetValueOrDefault("speaker") ?? clip.Groups.GetValueOrDefault("actor");
            string digits = new([.. (speaker ?? "").Where(char.IsAsciiDigit)]);
            return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int actor) ? actor : -1;
        }
    }

    private static InvalidInputException NoSplit() => new(
        $"A protocol '{HoldOut}' needs to know how many clips are tested: an experiment file says it with 'split: {{holdout: 192}}'.");

    private static InvalidInputException NotRavdess(Corpus corpus, Clip clip) => new(
        $"Protocol '{RavdessEmoBox}' needs the RAVDESS actors 1 to 24 as group 'speaker', but clip '{clip.Id}' of corpus "
        + $"'{corpus.Name}' has none of them; use protocol '{Grouped}'.");

    private static ClipGroups RequireGroups(Corpus corpus, ClipGroups groups, string name) => groups.Kind is not null
        ? groups
        : throw new InvalidInputException(
            $"Protocol '{name}' keeps groups whole, but corpus '{corpus.Name}' names no group of clips; name one, or use protocol "
            + $"'{Random}' and know that clips which belong together may cross its folds.");

    private static Corpus RequireSources(Corpus corpus, string name) => corpus.Clips.Any(clip => clip.Sources.Count > 0)
        ? corpus
        : throw new InvalidInputException(
            $"Protocol '{name}' needs the source recordings of the clips, but corpus '{corpus.Name}' does not tell them; "
            + $"use protocol '{Grouped}' or '{Random}'.");

    private static void CheckName(string name)
    {
        if (!Names.Contains(name))
        {
            throw NearestName.Unknown("protocol", name, Names);
        }
    }

    private static void CheckNumbers(int folds, int seed)
    {
        if (folds < 2)
        {
            throw new InvalidInputException($"The number of folds is {folds}; cross-validation needs at least 2.");
        }

        if (seed < 0)
        {
            throw new InvalidInputException($"The seed is {seed}; it must be zero or more.");
        }
    }
}
