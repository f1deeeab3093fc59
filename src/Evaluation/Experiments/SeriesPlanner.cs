using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Running;
using SerLab.Features.FeatureSets;
using SerLab.Training.Catalogue;

namespace SerLab.Evaluation.Experiments;

/// <summary>One run of a series, ready to go.</summary>
/// <param name="Name">Its name: of the folder below the series' own.</param>
/// <param name="Run">What is run.</param>
internal sealed record SeriesTask(string Name, PlannedRun Run);

/// <summary>
/// Makes the runs of a series on its corpora. On the corpus that the series names everything must be possible; on a stand-in what
/// is not there (a feature set, a target, a class, a protocol) is left out, and a note says so; so are parts whose own
/// corpora, and feature sets anywhere whose frozen networks, are not on this machine.
/// </summary>
internal sealed class SeriesPlanner(ExperimentSeries series, SeriesCorpora corpora, Catalogues catalogues)
{
    private readonly List<string> notes = [];
    private readonly Dictionary<string, (Corpus Clips, ClipGroups Groups)> divisible = [];

    /// <summary>What was left out, in sentences.</summary>
    public IReadOnlyList<string> Notes => [.. notes.Distinct()];

    /// <summary>All runs, in the order of experiments, feature sets and seeds.</summary>
    /// <exception cref="InvalidInputException">A corpus lacks what an experiment needs.</exception>
    public IReadOnlyList<SeriesTask> Tasks()
    {
        SeriesTask[] tasks = [.. series.Experiments.SelectMany(TasksOf)];
        return tasks.Length > 0 ? tasks : throw new InvalidInputException(string.Join(' ', Notes));
    }

    private IEnumerable<SeriesTask> TasksOf(Experiment asked)
    {
        if (corpora.MissingOf(asked) is { } missing)
        {
            notes.Add(asked.Part.Length > 0 ? $"Without part '{asked.Part}': {missing}" : missing);
            yield break;
        }

        Experiment named = asked with { FeatureSets = [.. asked.FeatureSets.Where(IsThere)] };
        if (named.FeatureSets.Count == 0 && asked.FeatureSets.Count > 0)
        {
            yield break;
        }

        Experiment experiment = Possible(named, corpora.Of(named));
        (Corpus clips, ClipGroups groups) = Divisible(experiment);
        foreach (Experiment run in experiment.Runs())
        {
            string? set = run.FeatureSets.Count > 0 ? run.FeatureSets[0] : null;
            bool tellSeed = experiment.Seeds.Count > 1 || (experiment.Part.Length == 0 && set is null);
            string? seed = tellSeed ? string.Create(CultureInfo.InvariantCulture, $"seed{run.Seeds[0]}") : null;
            PlannedRun planned = PlannedRun.Of(run, clips, catalogues);
            yield return new SeriesTask(
                string.Join('-', new[] { run.Part, set, seed }.Where(name => !string.IsNullOrEmpty(name))),
                planned with { Protocols = ProtocolsOf(planned, groups) });
        }
    }

    // The networks of others cannot come with an experiment: a note tells which are not there.
    private bool IsThere(string name)
    {
        string? missing = FeatureSetCatalogue.IdsIn(name).Select(id => catalogues.FeatureSets.Find(id)?.Missing)
            .FirstOrDefault(sentence => sentence is not null);
        notes.AddRange(missing is null ? [] : [missing]);
        return missing is null;
    }

    /// <summary>
    /// The experiment as far as its corpus has what it asks for; of the named corpus all, so that what is missing is an error.
    /// </summary>
    private Experiment Possible(Experiment experiment, Corpus corpus)
    {
        bool ratings = experiment is { IsOfClasses: false, IsReconstruction: false };
        if (!experiment.IsReconstruction && (ratings ? corpus.Targets : corpus.Classes).Count == 0)
        {
            throw new InvalidInputException(
                $"Experiment '{series.Name}' predicts {(ratings ? "ratings" : "classes")}, but corpus '{corpus.Name}' has none; "
                + "correct 'targets', 'task' or 'corpus' in its file.");
        }

        IReadOnlyList<string> sets = ExperimentFeatures.IdsOf(corpus, catalogues);
        if (corpora.StandsInFor is null)
        {
            return experiment.FeatureSets.SelectMany(FeatureSetCatalogue.IdsIn).FirstOrDefault(id => !sets.Contains(id))
                is { } unknown
                ? throw NearestName.Unknown($"feature set for corpus '{corpus.Name}' called", unknown, sets)
                : experiment;
        }

        IReadOnlyList<string> classes = Kept(experiment.Classes, corpus.Classes, "class");
        return experiment with
        {
            Classes = classes.Count > 1 ? classes : [],
            Targets = ratings ? Kept(experiment.Targets, corpus.Targets, "target") : experiment.Targets,
            FeatureSets = Kept(experiment.FeatureSets, sets, "feature set", FeatureSetCatalogue.IdsIn),
            Group = null,
            Learners = Scaled(experiment.Learners),
        };

        IReadOnlyList<string> Kept(
            IReadOnlyList<string> asked,
            IReadOnlyList<string> offered,
            string what,
            Func<string, IEnumerable<string>>? idsIn = null)
        {
            ILookup<bool, string> there = asked.ToLookup(name => (idsIn?.Invoke(name) ?? [name]).All(offered.Contains));
            notes.AddRange(there[false].Select(name => $"Corpus '{corpus.Name}' has no {what} '{name}'."));
            return [.. there[true]];
        }
    }

    private IReadOnlyList<LearnerSpecification> Scaled(IReadOnlyList<LearnerSpecification> learners)
    {
        if (series.FallbackScaler is not { } scaler || !learners.Any(IsUnscaled))
        {
            return learners;
        }

        string of = corpora.Corpus.Name;
        notes.Add($"The features of corpus '{of}' do not come normalised, so they are scaled ({scaler}) inside the folds.");
        return [.. learners.Select(learner => IsUnscaled(learner) ? learner with { Scaler = scaler } : learner)];

        static bool IsUnscaled(LearnerSpecification learner) => learner.Scaler == ScalerCatalogue.None;
    }

    // Grouping may hash sound, so experiments on the same clips share it.
    private (Corpus Clips, ClipGroups Groups) Divisible(Experiment experiment)
    {
        string key = string.Join('|', [SeriesCorpora.KeyOf(experiment), experiment.Group, .. experiment.Classes]);
        if (!divisible.TryGetValue(key, out (Corpus Clips, ClipGroups Groups) found))
        {
            Corpus clips = PlannedRun.Narrowed(corpora.Of(experiment), experiment);
            divisible[key] = found = (clips, ClipGroups.Of(clips, experiment.Group));
        }

        return found;
    }

    private List<Protocol> ProtocolsOf(PlannedRun run, ClipGroups groups)
    {
        List<Protocol> possible = [];
        InvalidInputException? reason = null;
        foreach (string name in run.ProtocolNames(groups))
        {
            try
            {
                possible.Add(run.Divide(name, groups, catalogues));
            }
            catch (InvalidInputException error) when (corpora.StandsInFor is not null)
            {
                notes.Add($"Without protocol '{name}': {error.Message}");
                reason = error;
            }
            catch (InvalidInputException error) when (error is not UnknownNameException)
            {
                string part = run.Experiment.Part;
                string where = part.Length > 0 ? $"Part '{part}' of experiment '{series.Name}'" : $"Experiment '{series.Name}'";
                string clips = string.Create(
                    CultureInfo.InvariantCulture, $"the {run.Corpus.Clips.Count} clips of corpus '{run.Corpus.Name}'");
                throw new InvalidInputException($"{where} cannot run on {clips}: {error.Message}", error);
            }
        }

        return possible.Count > 0 ? possible : throw reason!;
    }
}
