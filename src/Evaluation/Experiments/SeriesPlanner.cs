using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Protocols;
using SerLab.Features.FeatureSets;
using SerLab.Training.Catalogue;

namespace SerLab.Evaluation.Experiments;

/// <summary>One run of a series, ready to go.</summary>
/// <param name="Name">Its name: of the folder below the series' own.</param>
/// <param name="Part">Name of the part.</param>
/// <param name="FeatureSet">Id of the feature set; none: the corpus's own.</param>
/// <param name="Experiment">What is run.</param>
/// <param name="Corpus">The clips that take part.</param>
/// <param name="Protocols">The protocols, divided and checked.</param>
internal sealed record PlannedRun(
    string Name, string Part, string? FeatureSet, Experiment Experiment, Corpus Corpus, IReadOnlyList<Protocol> Protocols);

/// <summary>
/// Makes the runs of a plan on a corpus. On the corpus that the plan names everything must be possible; on a stand-in what is not there
/// (a feature set, a target, a class, a protocol) is left out, and a note says so.
/// </summary>
internal sealed class SeriesPlanner(ExperimentPlan plan, ExperimentCorpus corpus)
{
    private readonly List<string> notes = [];
    private readonly Dictionary<string, ClipGroups> groups = [];

    /// <summary>What was left out, in sentences.</summary>
    public IReadOnlyList<string> Notes => [.. notes.Distinct()];

    /// <summary>All runs, in the order of parts, feature sets and seeds.</summary>
    /// <exception cref="InvalidInputException">The corpus lacks what a part needs.</exception>
    public IReadOnlyList<PlannedRun> Runs() => [.. plan.Parts.SelectMany(RunsOf)];

    private IEnumerable<PlannedRun> RunsOf(ExperimentPart part)
    {
        Corpus clips = OfClasses(part);
        string?[] sets = FeatureSetsOf(part, clips);
        IReadOnlyList<string> targets = TargetsOf(part, clips);
        foreach (string? set in sets)
        {
            foreach (int seed in part.Seeds)
            {
                string?[] names = [part.Name, set, part.Seeds.Count > 1 || (part.Name.Length == 0 && set is null) ? $"seed{Text(seed)}" : null];
                Experiment experiment = new()
                {
                    Name = plan.Name,
                    FeatureSet = set,
                    Learners = LearnersOf(part),
                    Searches = plan.Searches,
                    Targets = targets,
                    Protocols = part.Protocols,
                    Group = part.Group,
                    Folds = part.Folds,
                    Split = part.Split,
                    Seed = seed,
                };
                string name = string.Join('-', names.Where(n => !string.IsNullOrEmpty(n)));
                yield return new PlannedRun(name, part.Name, set, experiment, clips, ProtocolsOf(experiment, clips, part));
            }
        }
    }

    private IReadOnlyList<LearnerSpecification> LearnersOf(ExperimentPart part)
    {
        IReadOnlyList<LearnerSpecification> learners = plan.LearnersOf(part);
        if (corpus.StandsInFor is null || plan.FallbackScaler is not { } scaler)
        {
            return learners;
        }

        LearnerSpecification[] unscaled = [.. learners.Where(learner => learner.Scaler == ScalerCatalogue.None)];
        if (unscaled.Length > 0)
        {
            notes.Add($"The features of corpus '{corpus.Corpus.Name}' do not come normalised, so they are scaled ({scaler}) inside the folds.");
        }

        return [.. learners.Select(learner => unscaled.Contains(learner) ? learner with { Scaler = scaler } : learner)];
    }

    private Corpus OfClasses(ExperimentPart part)
    {
        Corpus whole = corpus.Of(part);
        IReadOnlyList<string> classes = Kept(part.Classes, whole.Classes.Contains, "class");
        return classes.Count > 1 ? CorpusSubset.OfClasses(whole, classes) : whole;
    }

    private IReadOnlyList<string> TargetsOf(ExperimentPart part, Corpus clips)
    {
        IReadOnlyList<string> targets = Kept(part.Targets, clips.Targets.Contains, "target");
        return targets.Count == 0 ? clips.Targets
            : targets.FirstOrDefault(target => !clips.Targets.Contains(target)) is { } unknown
                ? throw NearestName.Unknown($"target in corpus '{clips.Name}' called", unknown, clips.Targets)
                : targets;
    }

    private string?[] FeatureSetsOf(ExperimentPart part, Corpus clips)
    {
        IReadOnlyList<string> shipped = ShippedFeatures.IdsOf(clips);
        bool hasSound = clips.Clips.Any(clip => clip.Audio is not null);
        bool Can(string id) => shipped.Contains(id) || (hasSound && FeatureSetCatalogue.All.Any(set => set.Id == id));
        IReadOnlyList<string> sets = Kept(part.FeatureSets, Can, "feature set");
        if (sets.FirstOrDefault(set => !Can(set)) is { } unknown)
        {
            throw NearestName.Unknown(
                $"feature set for corpus '{clips.Name}' called",
                unknown,
                hasSound ? shipped.Concat(FeatureSetCatalogue.All.Select(set => set.Id)) : shipped);
        }

        return sets.Count > 0 ? [.. sets] : [null];
    }

    /// <summary>What a stand-in offers of what is asked for; of the named corpus all, so that what is missing is an error.</summary>
    private IReadOnlyList<string> Kept(IReadOnlyList<string> asked, Func<string, bool> offered, string what)
    {
        if (corpus.StandsInFor is null)
        {
            return asked;
        }

        foreach (string name in asked.Where(name => !offered(name)))
        {
            notes.Add($"Corpus '{corpus.Corpus.Name}' has no {what} '{name}'.");
        }

        return [.. asked.Where(offered)];
    }

    private List<Protocol> ProtocolsOf(Experiment experiment, Corpus clips, ExperimentPart part)
    {
        string key = $"{part.Corpus}|{experiment.Group}|{string.Join('|', part.Classes)}";
        if (!groups.TryGetValue(key, out ClipGroups? grouping))
        {
            groups[key] = grouping = ClipGroups.Of(clips, corpus.StandsInFor is null ? experiment.Group : null);
        }

        if (corpus.StandsInFor is null)
        {
            return AllProtocolsOf(experiment, clips, part, grouping);
        }

        List<Protocol> possible = [];
        InvalidInputException? reason = null;
        foreach (string name in experiment.Protocols)
        {
            try
            {
                possible.AddRange(ExperimentRunner.ProtocolsOf(experiment with { Protocols = [name] }, clips, grouping));
            }
            catch (InvalidInputException error)
            {
                notes.Add($"Without protocol '{name}': {error.Message}");
                reason = error;
            }
        }

        return possible.Count > 0 || reason is null ? possible : throw reason;
    }

    private List<Protocol> AllProtocolsOf(Experiment experiment, Corpus clips, ExperimentPart part, ClipGroups grouping)
    {
        try
        {
            return [.. ExperimentRunner.ProtocolsOf(experiment, clips, grouping)];
        }
        catch (InvalidInputException error) when (error is not UnknownNameException)
        {
            string where = part.Name.Length > 0 ? $"Part '{part.Name}' of experiment '{plan.Name}'" : $"Experiment '{plan.Name}'";
            throw new InvalidInputException(
                $"{where} cannot run on the {Text(clips.Clips.Count)} clips of corpus '{clips.Name}': {error.Message}", error);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
