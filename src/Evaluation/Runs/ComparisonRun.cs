using System.Runtime.InteropServices;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Tables;
using SerLab.Evaluation.Comparisons;
using SerLab.Evaluation.CrossValidation;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Statistics;
using SerLab.Training.Learners;

namespace SerLab.Evaluation.Runs;

/// <summary>What to compare, how to judge it and where to keep the outcome.</summary>
public sealed record RunRequest
{
    /// <summary>Name of the run; part of the folder's name.</summary>
    public required string Name { get; init; }

    /// <summary>The clips.</summary>
    public required Corpus Corpus { get; init; }

    /// <summary>Their features; rows are found by clip id.</summary>
    public required FeatureTable Features { get; init; }

    /// <summary>Key of the feature set, or the name of the table.</summary>
    public required string FeatureSet { get; init; }

    /// <summary>How the models are judged; at least one, all built on the same <see cref="ClipGroups"/>.</summary>
    public required IReadOnlyList<Protocol> Protocols { get; init; }

    /// <summary>Learners of ratings, or empty.</summary>
    public IReadOnlyList<IRegressionLearner> Regressors { get; init; } = [];

    /// <summary>The ratings they predict; none named: all of the corpus.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Learners of classes, or empty. A run has either these or <see cref="Regressors"/>.</summary>
    public IReadOnlyList<IClassificationLearner> Classifiers { get; init; } = [];

    /// <summary>
    /// Everything else that decides the figures, above all the options of the learners: an interrupted run is only gone on with
    /// when they are the same.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The command that makes these figures again, without options that do not change them (threads, output).</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>Seed of fits and bootstrap.</summary>
    public int Seed { get; init; }

    /// <summary>Number of bootstrap draws, at least 100; default 2,000.</summary>
    [System.ComponentModel.DataAnnotations.Range(100, 1_000_000)]
    public int BootstrapDraws { get; init; } = GroupBootstrap.DefaultDraws;

    /// <summary>Number of folds fitted at the same time, at least 1; default: one per processor.</summary>
    [System.ComponentModel.DataAnnotations.Range(1, int.MaxValue)]
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// The folder in which the run gets a folder of its own and <c>last</c> points at it; none: nothing is written.
    /// </summary>
    public string? RunsFolder { get; init; }

    /// <summary>The run's own folder, instead of one in <see cref="RunsFolder"/>.</summary>
    public string? Folder { get; init; }

    /// <summary>What is written beside the record, such as a report.</summary>
    public IReadOnlyList<RunDocument> Documents { get; init; } = [];

    /// <summary>Told how far the run is, or none.</summary>
    public IProgress<WorkProgress>? Progress { get; init; }

    /// <summary>The clock that names the folder.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>A finished run.</summary>
/// <param name="Description">What was run, with the leaks of every protocol.</param>
/// <param name="Folds">Clips, groups and folds.</param>
/// <param name="Predictions">Every out-of-fold prediction.</param>
/// <param name="Timings">Times of every fold.</param>
/// <param name="Comparison">Every figure.</param>
/// <param name="Folder">Where it is kept, or none.</param>
/// <param name="ResumedFolds">Number of folds that an interrupted start of the same run had finished.</param>
public sealed record CompletedRun(
    RunDescription Description,
    RunFolds Folds,
    IReadOnlyList<FoldPrediction> Predictions,
    IReadOnlyList<FoldTiming> Timings,
    Comparison Comparison,
    string? Folder,
    int ResumedFolds);

/// <summary>Runs a comparison and keeps everything its figures rest on; an interrupted run goes on where it was.</summary>
public static class ComparisonRun
{
    /// <summary>Cross-validates, computes all figures and writes the run folder.</summary>
    /// <exception cref="InvalidInputException">The request cannot be run; the sentence says why.</exception>
    public static CompletedRun Execute(RunRequest request, CancellationToken cancellationToken = default)
    {
        Check(request);
        Corpus corpus = request.Corpus;
        FeatureMatrix features = FeatureRows.Align(corpus, request.Features);
        bool isRegression = request.Regressors.Count > 0;
        IReadOnlyList<string> named = request.Targets.Count > 0 ? request.Targets : corpus.Targets;
        FoldLearner[] learners = isRegression
            ? [.. request.Regressors.Select(FoldLearner.Of)]
            : [.. request.Classifiers.Select(learner => FoldLearner.Of(learner, corpus.Classes.Count))];
        TargetColumn[] targets = isRegression
            ? [.. named.Select(name => TargetColumn.Rating(corpus, name))]
            : [TargetColumn.Class(corpus)];
        string[] models = [.. learners.Select(learner => learner.Name)];

        RunDescription description = Describe(request, features, targets, models);
        RunFolds folds = RunFolds.Of(corpus, request.Protocols, models);
        string runJson = description.ToJson();
        string foldsText = folds.ToText();
        using RunFolder? folder = OpenFolder(request, RunHash.Of(runJson + foldsText));

        CrossValidationResult result = CrossValidator.Run(
            features,
            learners,
            targets,
            request.Protocols,
            new CrossValidationOptions
            {
                Seed = request.Seed,
                Threads = request.Threads,
                Journal = folder?.Journal,
                Progress = request.Progress,
            },
            cancellationToken);
        Comparison comparison = ComparisonBuilder.Build(description, folds, result.Predictions, request.Threads);
        CompletedRun run = new(
            description, folds, result.Predictions, result.Timings, comparison, folder?.Path, folder?.Journal.Resumed ?? 0);
        Dictionary<string, string> files = new()
        {
            [RunFiles.Description] = runJson,
            [RunFiles.Folds] = foldsText,
            [RunFiles.Predictions] = PredictionFile.ToText(result.Predictions, folds.Clips, targets[0].Classes),
            [RunFiles.Metrics] = FigureFiles.Metrics(comparison),
            [RunFiles.Tests] = FigureFiles.Tests(comparison),
            [RunFiles.Timing] = FigureFiles.Timing(result.Timings),
        };
        RunFolderContents contents = RunFolderContents.Of(run);
        foreach (RunDocument document in request.Documents)
        {
            files[document.FileName] = document.Render(contents);
        }

        folder?.Finish(files);
        if (folder is not null && request.Folder is null)
        {
            LastRun.Point(request.RunsFolder!, Path.GetFileName(folder.Path));
        }

        return run;
    }

    private static void Check(RunRequest request)
    {
        if (request.Protocols.Count == 0)
        {
            throw new InvalidInputException("There is no protocol to judge the models by; name at least one.");
        }

        if (request.Protocols.GroupBy(p => p.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new InvalidInputException($"The protocol '{twice.Key}' is named twice; once is enough.");
        }

        if (request.Regressors.Count > 0 == request.Classifiers.Count > 0)
        {
            throw new InvalidInputException(
                "A run compares either models of ratings or models of classes; name at least one of one kind.");
        }

        if (request.Regressors.Count > 0 && request.Targets.Count == 0 && request.Corpus.Targets.Count == 0)
        {
            throw new InvalidInputException(
                $"Corpus '{request.Corpus.Name}' has no ratings to predict; compare models of classes instead.");
        }
    }

    private static RunFolder? OpenFolder(RunRequest request, string hash) => request switch
    {
        { Folder: { } folder } => RunFolder.At(folder, hash),
        { RunsFolder: { } runs } => RunFolder.In(runs, request.Name, hash, request.Clock.GetLocalNow()),
        _ => null,
    };

    private static RunDescription Describe(
        RunRequest request, FeatureMatrix features, TargetColumn[] targets, string[] models)
    {
        Corpus corpus = request.Corpus;
        return new RunDescription
        {
            Version = typeof(ComparisonRun).Assembly.GetName().Version?.ToString(3) ?? "",
            Runtime = RuntimeInformation.FrameworkDescription,
            Name = request.Name,
            CommandLine = request.CommandLine,
            Seed = request.Seed,
            BootstrapDraws = request.BootstrapDraws,
            Corpus = new CorpusDescription(
                corpus.Name,
                corpus.Title,
                corpus.Licence,
                corpus.Citation,
                corpus.IsSynthetic,
                corpus.Clips.Count,
                RunHash.Of(corpus)),
            Features = new FeatureDescription(
                request.FeatureSet, features.Columns, RunHash.Of(request.Features.FeatureNames, features)),
            Targets = [.. targets.Select(target => new TargetDescription(target.Name, target.Classes))],
            Models = models,
            Settings = new SortedDictionary<string, string>(
                request.Settings.ToDictionary(s => s.Key, s => s.Value), StringComparer.Ordinal),
            Protocols =
            [
                .. request.Protocols.Select(protocol => new ProtocolDescription(
                    protocol.Name,
                    protocol.Description,
                    protocol.Rule,
                    protocol.FittedBeforehand?.Name,
                    protocol.Clips.Count,
                    protocol.NeverTested.Count,
                    models.ToDictionary(model => model, model => protocol.SchemeFor(model).Description),
                    LeakDetector.Find(corpus, features, protocol, models))),
            ],
        };
    }
}
