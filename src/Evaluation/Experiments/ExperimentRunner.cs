using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Datasets.Tables;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Runs;
using SerLab.Evaluation.Search;
using SerLab.Features.FeatureSets;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;

namespace SerLab.Evaluation.Experiments;

/// <summary>Where an experiment runs: nothing here changes a figure.</summary>
public sealed record ExperimentSurroundings
{
    /// <summary>The learners that the experiment can name; default: SerLab's own.</summary>
    public LearnerCatalogue Catalogue { get; init; } = LearnerCatalogue.BuiltIn;

    /// <summary>Where features are kept between runs, or none.</summary>
    public FeatureCache? Cache { get; init; }

    /// <summary>Clips extracted and folds fitted at the same time; default: one per processor.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The folder in which the run gets a folder of its own; none: nothing is written.</summary>
    public string? RunsFolder { get; init; }

    /// <summary>The run's own folder, instead of one in <see cref="RunsFolder"/>.</summary>
    public string? Folder { get; init; }

    /// <summary>What is written beside the record of a run, such as a report.</summary>
    public IReadOnlyList<RunDocument> Documents { get; init; } = [];

    /// <summary>The command that makes these figures again.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>Told how far the work is, or none.</summary>
    public IProgress<WorkProgress>? Progress { get; init; }
}

/// <summary>An experiment's outcome.</summary>
/// <param name="Run">The finished run.</param>
/// <param name="Features">The features it used.</param>
/// <param name="FeatureSet">The set they were extracted with; none where the corpus shipped them.</param>
/// <param name="SampleRates">The sample rates of the sounds in Hz; empty where the corpus shipped its features.</param>
public sealed record ExperimentOutcome(
    CompletedRun Run, FeatureTable Features, FeatureSet? FeatureSet, IReadOnlyList<int> SampleRates);

/// <summary>Runs an experiment from corpus to figures.</summary>
public static class ExperimentRunner
{
    /// <summary>Gets the features, builds learners and protocols, cross-validates and keeps the run.</summary>
    /// <param name="experiment">What is compared and how it is judged.</param>
    /// <param name="corpus">The clips and their labels.</param>
    /// <param name="surroundings">Cache, threads and run folder; by default nothing is kept.</param>
    /// <param name="cancellationToken">Stops the work; what was finished is kept where there is a run folder.</param>
    /// <exception cref="InvalidInputException">The experiment names something that does not exist or does not fit the corpus.</exception>
    public static ExperimentOutcome Run(
        Experiment experiment,
        Corpus corpus,
        ExperimentSurroundings? surroundings = null,
        CancellationToken cancellationToken = default)
    {
        surroundings ??= new ExperimentSurroundings();
        CheckTargets(experiment, corpus);
        CheckLearners(experiment, corpus, surroundings.Catalogue);
        ClipGroups groups = ClipGroups.Of(corpus, experiment.Group);
        Protocol[] protocols = ProtocolsOf(experiment, corpus, groups);
        ExperimentFeatures features = ExperimentFeatures.Of(corpus, experiment.FeatureSet, surroundings, cancellationToken);
        CompletedRun run = Run(experiment, corpus, protocols, features, surroundings, cancellationToken);
        return new ExperimentOutcome(run, features.Table, features.Set, features.SampleRates);
    }

    /// <summary>Runs an experiment whose protocols and features are there.</summary>
    internal static CompletedRun Run(
        Experiment experiment,
        Corpus corpus,
        IReadOnlyList<Protocol> protocols,
        ExperimentFeatures features,
        ExperimentSurroundings surroundings,
        CancellationToken cancellationToken)
    {
        // A corpus with ratings is a regression, one with classes only a classification.
        bool isRegression = corpus.Targets.Count > 0;
        LearnerCatalogue catalogue = surroundings.Catalogue;
        IReadOnlyList<string> defaults =
            isRegression ? catalogue.DefaultRegression : catalogue.DefaultClassification;
        IReadOnlyList<LearnerSpecification> specifications = experiment.Learners.Count > 0
            ? experiment.Learners
            : [.. defaults.Select(LearnerSpecification.Default)];
        return ComparisonRun.Execute(
            new RunRequest
            {
                Name = experiment.Name,
                Corpus = corpus,
                Features = features.Table,
                FeatureSet = features.Key,
                Protocols = protocols,
                Regressors = isRegression ? [.. specifications.Select(learner => Regressor(learner, experiment.Searches, catalogue))] : [],
                Classifiers = isRegression
                    ? []
                    : [.. specifications.Select(learner => Classifier(learner, experiment.Searches, corpus.Classes, catalogue))],
                Targets = experiment.Targets.Count > 0 ? experiment.Targets : corpus.Targets,
                Settings = Settings(experiment, specifications.SelectMany(specification => isRegression
                    ? catalogue.DescribeRegression(specification)
                    : catalogue.DescribeClassification(specification))),
                CommandLine = surroundings.CommandLine,
                Seed = experiment.Seed,
                Threads = surroundings.Threads,
                RunsFolder = surroundings.RunsFolder,
                Folder = surroundings.Folder,
                Documents = surroundings.Documents,
                Progress = surroundings.Progress,
            },
            cancellationToken);
    }

    /// <summary>The protocols of an experiment, divided and checked.</summary>
    internal static Protocol[] ProtocolsOf(Experiment experiment, Corpus corpus, ClipGroups groups) =>
    [
        .. ProtocolNames(experiment, groups).Select(name =>
            ProtocolCatalogue.For(corpus, name, experiment.Folds, experiment.Seed, groups, experiment.Split, experiment.Repeats)),
    ];

    private static IRegressionLearner Regressor(
        LearnerSpecification learner, IReadOnlyList<SearchSpecification> searches, LearnerCatalogue catalogue) =>
        searches.FirstOrDefault(search => search.Learner.Name == learner.Name) is { } search
            ? new RegressionSearch(search with { Learner = learner, Catalogue = catalogue })
            : catalogue.CreateRegression(learner);

    private static IClassificationLearner Classifier(
        LearnerSpecification learner,
        IReadOnlyList<SearchSpecification> searches,
        IReadOnlyList<string> classes,
        LearnerCatalogue catalogue) =>
        searches.FirstOrDefault(search => search.Learner.Name == learner.Name) is { } search
            ? new ClassificationSearch(search with { Learner = learner, Catalogue = catalogue }, classes)
            : catalogue.CreateClassification(learner);

    // A misspelt name or setting is told at once, not after minutes of extraction.
    private static void CheckLearners(Experiment experiment, Corpus corpus, LearnerCatalogue catalogue)
    {
        foreach (LearnerSpecification learner in experiment.Learners)
        {
            _ = corpus.Targets.Count > 0
                ? (object)catalogue.CreateRegression(learner)
                : catalogue.CreateClassification(learner);
        }
    }

    private static void CheckTargets(Experiment experiment, Corpus corpus)
    {
        foreach (string target in experiment.Targets)
        {
            if (!corpus.Targets.Contains(target))
            {
                throw NearestName.Unknown($"target in corpus '{corpus.Name}' called", target, corpus.Targets);
            }
        }
    }

    private static IReadOnlyList<string> ProtocolNames(Experiment experiment, ClipGroups groups) => experiment switch
    {
        { Protocols.Count: > 0 } => experiment.Protocols,
        _ when groups.Kind is not null => [ProtocolCatalogue.Random, ProtocolCatalogue.Grouped],
        _ => [ProtocolCatalogue.Random],
    };

    private static Dictionary<string, string> Settings(
        Experiment experiment, IEnumerable<KeyValuePair<string, string>> learners)
    {
        Dictionary<string, string> settings = new()
        {
            ["folds"] = experiment.Folds.ToString(CultureInfo.InvariantCulture),
        };
        foreach ((string name, string text) in learners)
        {
            settings[name] = text;
        }

        foreach (SearchSpecification search in experiment.Searches.Where(s => experiment.Learners.Any(l => l.Name == s.Learner.Name)))
        {
            settings[$"{search.Learner.Name}.search"] = string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join(", ", search.Settings.Select(s => $"{s.Setting} of {s.Text}"))}; by {search.Metric ?? "the default metric"} on {search.Folds} inner folds");
        }

        return settings;
    }
}
