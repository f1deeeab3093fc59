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

    /// <summary>No source recording is heard in both the training and the test part of a fold.</summary>
    WholeSources,
}

/// <summary>Which learners a splitter of a protocol is for.</summary>
/// <param name="AppliesTo">Tells by the learner's name; the first rule that applies counts.</param>
/// <param name="Splitter">The splitter those learners get.</param>
public sealed record SplitterRule(Func<string, bool> AppliesTo, ISplitter Splitter);

/// <summary>
/// How models are judged: which clips take part, how they are divided, what must not cross, and where preprocessing is fitted.
/// The folds are made and their promise is checked when the protocol is defined. Immutable.
/// </summary>
public sealed class Protocol
{
    private readonly IReadOnlyList<(Func<string, bool> AppliesTo, FoldScheme Scheme)> schemes;

    private Protocol(IReadOnlyList<(Func<string, bool> AppliesTo, FoldScheme Scheme)> schemes) => this.schemes = schemes;

    /// <summary>Short name, e.g. <c>grouped</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence: what is divided how.</summary>
    public required string Description { get; init; }

    /// <summary>What the folds promise.</summary>
    public required GroupRule Rule { get; init; }

    /// <summary>Which clips belong together: the unit of the promise and of the bootstrap.</summary>
    public required ClipGroups Groups { get; init; }

    /// <summary>The clips that take part, ascending.</summary>
    public required IReadOnlyList<int> Clips { get; init; }

    /// <summary>
    /// Preprocessing that is fitted on all clips before the folds, as some published work does; none: everything is fitted inside
    /// the folds. A protocol that has one is always flagged.
    /// </summary>
    public IPreprocessor? FittedBeforehand { get; init; }

    /// <summary>Takes part but is in no test part (a mix whose sources fall into different folds).</summary>
    public IReadOnlyList<int> NeverTested
    {
        get
        {
            HashSet<int> tested = [.. schemes[0].Scheme.Folds.SelectMany(fold => fold.Test)];
            return [.. Clips.Where(clip => !tested.Contains(clip))];
        }
    }

    /// <summary>
    /// The folds a learner is judged on; the same for all learners except where the published protocol differs.
    /// </summary>
    public FoldScheme SchemeFor(string learner) => schemes.First(s => s.AppliesTo(learner)).Scheme;

    /// <summary>Defines a protocol in which all learners see the same folds.</summary>
    /// <inheritdoc cref="Define(string, string, Corpus, ClipGroups, GroupRule, IReadOnlyList{SplitterRule}, Func{Clip, bool}, IPreprocessor)"/>
    public static Protocol Define(
        string name, string description, Corpus corpus, ClipGroups groups, GroupRule rule, ISplitter splitter) =>
        Define(name, description, corpus, groups, rule, [new SplitterRule(_ => true, splitter)]);

    /// <summary>Defines a protocol: divides the clips and checks that the folds keep what the rule promises.</summary>
    /// <param name="name">Short name.</param>
    /// <param name="description">One sentence: what is divided how.</param>
    /// <param name="corpus">The clips.</param>
    /// <param name="groups">Which of them belong together.</param>
    /// <param name="rule">What the folds promise.</param>
    /// <param name="splitters">Who gets which splitter; the last must apply to every learner.</param>
    /// <param name="takesPart">Which clips take part; none: all.</param>
    /// <param name="fittedBeforehand">Preprocessing fitted on all clips before the folds; none: inside the folds.</param>
    /// <exception cref="InvalidInputException">The clips cannot be divided so, or a fold breaks the promise.</exception>
    public static Protocol Define(
        string name,
        string description,
        Corpus corpus,
        ClipGroups groups,
        GroupRule rule,
        IReadOnlyList<SplitterRule> splitters,
        Func<Clip, bool>? takesPart = null,
        IPreprocessor? fittedBeforehand = null)
    {
        int[] clips = [.. Enumerable.Range(0, corpus.Clips.Count).Where(i => takesPart?.Invoke(corpus.Clips[i]) ?? true)];
        if (clips.Length == 0)
        {
            throw new InvalidInputException($"No clip of corpus '{corpus.Name}' takes part in protocol '{name}'.");
        }

        SplitInput input = Input(corpus, groups, clips);
        List<(Func<string, bool>, FoldScheme)> schemes = [];
        foreach (SplitterRule splitter in splitters)
        {
            List<Fold> folds =
            [
                .. splitter.Splitter.Split(input).Select(fold => fold with
                {
                    Train = Array.ConvertAll(fold.Train, i => clips[i]),
                    Test = Array.ConvertAll(fold.Test, i => clips[i]),
                }),
            ];
            Check(rule, folds, corpus, groups);
            schemes.Add((splitter.AppliesTo, new FoldScheme(splitter.Splitter.Describe(), folds)));
        }

        return new Protocol(schemes)
        {
            Name = name,
            Description = description,
            Rule = rule,
            Groups = groups,
            Clips = clips,
            FittedBeforehand = fittedBeforehand,
        };
    }

    private static void Check(GroupRule rule, List<Fold> folds, Corpus corpus, ClipGroups groups)
    {
        if (rule == GroupRule.WholeGroups)
        {
            GroupGuard.Check(folds, groups.Numbers, group => groups.Names[group]);
        }
        else if (rule == GroupRule.WholeSources)
        {
            GroupGuard.CheckSources(folds, [.. corpus.Clips.Select(clip => clip.Sources)]);
        }
    }

    private static SplitInput Input(Corpus corpus, ClipGroups groups, int[] clips)
    {
        Dictionary<string, int> classes = corpus.Classes.Select((name, i) => (name, i)).ToDictionary(c => c.name, c => c.i);
        int[] labels = [.. clips.Select(i => corpus.Clips[i].Label is { } label && classes.TryGetValue(label, out int c) ? c : -1)];
        return new SplitInput(clips.Length)
        {
            Groups = [.. clips.Select(i => groups.Numbers[i])],
            Labels = Array.IndexOf(labels, -1) < 0 ? labels : null,
            LabelNames = corpus.Classes,
            Sources = [.. clips.Select(i => corpus.Clips[i].Sources)],
        };
    }
}
