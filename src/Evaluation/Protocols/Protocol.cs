using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Training.Preprocessing;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Protocols;

/// <summary>What a protocol promises about its folds.</summary>
public enum GroupRule
{
    /// <summary>Nothing: clips that belong together may be learnt from and tested.</summary>
    None,

    /// <summary>No group has clips in both the training and the test part of a fold.</summary>
    WholeGroups,

    /// <summary>
    /// The same of groups as the corpus names them. Twins in two of them cross, as published folds have it; they are counted as
    /// a leak.
    /// </summary>
    WholeNamedGroups,

    /// <summary>No source recording is heard in both the training and the test part of a fold.</summary>
    WholeSources,

    /// <summary>No corpus has clips in both the training and the test part of a fold.</summary>
    WholeCorpora,
}

/// <summary>
/// How models are judged: which clips take part, how they are divided, what must not cross, and where preprocessing is fitted.
/// The folds are made and their promise is checked when the protocol is defined. Immutable.
/// </summary>
public sealed class Protocol
{
    private readonly FoldScheme scheme;
    private readonly FoldScheme networkScheme;
    private readonly IReadOnlyCollection<string> networks;

    private Protocol(FoldScheme scheme, FoldScheme networkScheme, IReadOnlyCollection<string> networks)
    {
        this.scheme = scheme;
        this.networkScheme = networkScheme;
        this.networks = networks;
    }

    /// <summary>Short name, e.g. <c>grouped</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence: what is divided how.</summary>
    public required string Description { get; init; }

    /// <summary>What the folds promise.</summary>
    public required GroupRule Rule { get; init; }

    /// <summary>Which clips belong together: the unit of the promise and of the intervals.</summary>
    public required ClipGroups Groups { get; init; }

    /// <summary>The clips that take part, ascending.</summary>
    public required IReadOnlyList<int> Clips { get; init; }

    /// <summary>
    /// Preprocessing that is fitted on all clips before the folds, as some published work does; none: everything is fitted inside
    /// the folds. A protocol that has one is always flagged.
    /// </summary>
    public IPreprocessor? GlobalPreprocessing { get; init; }

    /// <summary>
    /// Whether learners may stop early by the test part of a fold, as some published work does. A protocol where they may is
    /// always flagged.
    /// </summary>
    public bool StopsOnTest { get; init; }

    /// <summary>What is known of a tested group beforehand; none: nothing, every clip is judged by itself.</summary>
    public Enrolment? Enrolment { get; init; }

    /// <summary>The part of the training clips that is learnt from; none: all of them.</summary>
    public TrainingShare? Share { get; init; }

    /// <summary>Which clips are scaled together before the folds, tested ones included; none: none.</summary>
    internal GroupScaling? Scaling { get; private init; }

    /// <summary>Takes part but is in no test part (a mix whose sources fall into different folds).</summary>
    public IReadOnlyList<int> NeverTested
    {
        get
        {
            HashSet<int> tested = [.. scheme.Folds.SelectMany(fold => fold.Test)];
            return [.. Clips.Where(clip => !tested.Contains(clip))];
        }
    }

    /// <summary>
    /// The group of every clip, which no learner may tear apart where it divides its training clips; empty where the protocol
    /// itself promises nothing.
    /// </summary>
    public IReadOnlyList<int> InnerGroups => Rule == GroupRule.None ? [] : Groups.Numbers;

    /// <summary>
    /// The folds a learner is judged on; the same for all learners except where the published protocol has other folds for
    /// networks.
    /// </summary>
    /// <param name="learner">Name of the learner.</param>
    public FoldScheme SchemeFor(string learner) => networks.Contains(learner) ? networkScheme : scheme;

    /// <summary>
    /// The examples as the protocol's learners see them: changed only where it has global preprocessing, an enrolment or a
    /// scaling.
    /// </summary>
    /// <param name="examples">Example i is of clip i.</param>
    /// <exception cref="InvalidInputException">The global preprocessing does not change examples of that shape.</exception>
    public Examples Preprocess(Examples examples) =>
        Enrolment?.Learnt(examples) ?? Scaling?.Scale(examples)
        ?? GlobalPreprocessing?.Fit(examples.Select([.. Clips])).Apply(examples) ?? examples;

    /// <summary>The same as models are asked about them in test parts.</summary>
    /// <param name="examples">Example i is of clip i.</param>
    /// <param name="preprocessed">What <see cref="Preprocess"/> made of them.</param>
    public Examples PreprocessTested(Examples examples, Examples preprocessed) => Enrolment?.Tested(examples) ?? preprocessed;

    /// <summary>Defines a protocol: divides the clips and checks that the folds keep what the rule promises.</summary>
    /// <param name="name">Short name.</param>
    /// <param name="description">One sentence: what is divided how.</param>
    /// <param name="request">The clips and which of them belong together.</param>
    /// <param name="rule">What the folds promise.</param>
    /// <param name="splitter">Divides the clips.</param>
    /// <param name="networkSplitter">Divides them for the learners that are networks; none: as for all others.</param>
    /// <param name="takesPart">Which clips take part; none: all.</param>
    /// <param name="globalPreprocessing">Preprocessing fitted on all clips before the folds; none: inside the folds.</param>
    /// <param name="stopsOnTest">Whether learners may stop early by the test part of a fold; default false.</param>
    /// <param name="enrolment">What is known of tested groups beforehand; those clips are not scored. None: nothing.</param>
    /// <param name="share">The part of the training clips that the splitter leaves; none: all.</param>
    /// <exception cref="InvalidInputException">The clips cannot be divided so, or a fold breaks the promise.</exception>
    public static Protocol Define(
        string name,
        string description,
        ProtocolRequest request,
        GroupRule rule,
        ISplitter splitter,
        ISplitter? networkSplitter = null,
        Func<Clip, bool>? takesPart = null,
        IPreprocessor? globalPreprocessing = null,
        bool stopsOnTest = false,
        Enrolment? enrolment = null,
        TrainingShare? share = null)
    {
        Corpus corpus = request.Corpus;
        int[] clips = [.. Enumerable.Range(0, corpus.Clips.Count).Where(i => TakesPart(corpus.Clips[i]))];
        if (clips.Length == 0)
        {
            throw new InvalidInputException($"No clip of corpus '{corpus.Name}' takes part in protocol '{name}'.");
        }

        SplitInput input = Input(corpus, request.Groups, clips);
        FoldScheme scheme = SchemeOf(splitter);
        return new Protocol(scheme, networkSplitter is null ? scheme : SchemeOf(networkSplitter), request.Networks)
        {
            Name = name,
            Description = description,
            Rule = rule,
            Groups = request.Groups,
            Clips = clips,
            GlobalPreprocessing = globalPreprocessing,
            StopsOnTest = stopsOnTest,
            Enrolment = enrolment,
            Share = share,
        };

        // Clips of a corpus that nothing is learnt from are for the protocol that goes across corpora.
        bool TakesPart(Clip clip) =>
            (rule == GroupRule.WholeCorpora || !corpus.IsTestOnly(clip)) && (takesPart?.Invoke(clip) ?? true);

        FoldScheme SchemeOf(ISplitter by)
        {
            Fold[] folds =
            [
                .. by.Split(input).Select(fold => fold with
                {
                    Train = Array.ConvertAll(fold.Train, i => clips[i]),
                    Test = [.. fold.Test.Select(i => clips[i]).Where(clip => enrolment?.IsEnrolled(clip) != true)],
                }).Where(fold => fold.Test.Length > 0),
            ];
            if (folds.Length == 0)
            {
                throw new InvalidInputException(
                    $"No {request.Groups.Kind} of corpus '{corpus.Name}' has more than the {enrolment?.Count} clips that "
                    + $"protocol '{name}' knows without scoring them; ask for fewer.");
            }

            Check(rule, folds, request);
            return new FoldScheme(by.Describe(), folds);
        }
    }

    /// <summary>The same protocol with clips scaled by group.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="scaling">The groups.</param>
    /// <exception cref="InvalidInputException">The protocol scales clips already.</exception>
    internal Protocol Scaled(string name, GroupScaling scaling) => GlobalPreprocessing is null
        ? new Protocol(scheme, networkScheme, networks)
        {
            Name = name,
            Description = $"{Description}; features are standardised over all clips of the same {scaling.Kind}, "
                + "tested ones included",
            Rule = Rule,
            Groups = Groups,
            Clips = Clips,
            StopsOnTest = StopsOnTest,
            Scaling = scaling,
        }
        : throw new InvalidInputException(
            $"Protocol '{Name}' scales all clips itself, so they cannot be scaled by {scaling.Kind} as well.");

    private static void Check(GroupRule rule, IReadOnlyList<Fold> folds, ProtocolRequest request)
    {
        if (rule == GroupRule.WholeGroups)
        {
            GroupGuard.Check(folds, request.Groups.Numbers, group => request.Groups.Names[group]);
        }
        else if (rule == GroupRule.WholeNamedGroups)
        {
            GroupGuard.Check(folds, request.Groups.FirstNamed, request.Groups.NameOf);
        }
        else if (rule == GroupRule.WholeSources)
        {
            GroupGuard.CheckSources(folds, [.. request.Corpus.Clips.Select(clip => clip.Sources)]);
        }
        else if (rule == GroupRule.WholeCorpora)
        {
            int[] corpora = AcrossCorpora.NumbersOf(request.Corpus);
            GroupGuard.Check(folds, corpora, number => request.Corpus.Join!.Corpora[number]);
        }
    }

    private static SplitInput Input(Corpus corpus, ClipGroups groups, int[] clips)
    {
        Dictionary<string, int> classes = corpus.Classes.Select((name, i) => (name, i)).ToDictionary(c => c.name, c => c.i);
        int[] labels = Array.ConvertAll(clips, i => classes.GetValueOrDefault(corpus.Clips[i].Label ?? "", -1));
        return new SplitInput(clips.Length)
        {
            Groups = [.. clips.Select(i => groups.Numbers[i])],
            Labels = Array.IndexOf(labels, -1) < 0 ? labels : null,
            LabelNames = corpus.Classes,
            Sources = [.. clips.Select(i => corpus.Clips[i].Sources)],
        };
    }
}
