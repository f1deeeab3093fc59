using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;

namespace SerLab.Evaluation.Experiments;

/// <summary>A finished series.</summary>
/// <param name="Reproduction">Every figure.</param>
/// <param name="Runs">The runs behind them, in order.</param>
/// <param name="Folder">Where they are kept, or none.</param>
public sealed record CompletedSeries(Reproduction Reproduction, IReadOnlyList<CompletedRun> Runs, string? Folder);

/// <summary>
/// Runs a series: one run per experiment, feature set and seed, then the summary beside the published figures. Started again
/// after it was stopped, it is resumed, and ends with the same bytes.
/// </summary>
public static class SeriesRunner
{
    /// <summary>
    /// Runs all experiments. Everything that can be wrong with series and corpora is found before the first fold is fitted.
    /// </summary>
    /// <param name="series">What to run.</param>
    /// <param name="corpora">On what.</param>
    /// <param name="surroundings">Where and how fast; <see cref="Surroundings.RunsFolder"/> gets the series' own folder.</param>
    /// <param name="documents">What is written beside the outcome, such as figures; by default nothing.</param>
    /// <param name="cancellationToken">Stops between folds; what was finished is kept.</param>
    /// <exception cref="InvalidInputException">A corpus lacks what the series needs.</exception>
    public static CompletedSeries Run(
        ExperimentSeries series,
        SeriesCorpora corpora,
        Surroundings surroundings,
        IReadOnlyList<SeriesDocument>? documents = null,
        CancellationToken cancellationToken = default)
    {
        surroundings = With(series, surroundings);
        foreach (PlannedRun run in new SeriesPlanner(series, corpora, surroundings.Catalogues).Tasks().Select(task => task.Run)
            .DistinctBy(run => (run.Corpus, run.FeatureSet)))
        {
            ExperimentFeatures.RequireComparable(run.Corpus, run.FeatureSet, surroundings.Catalogues);
        }

        string identity = SeriesFiles.Identity(series, corpora, surroundings.CommandLine);
        SeriesCorpora heard = Listening.To(corpora, surroundings, cancellationToken);
        SeriesPlanner planner = new(series, heard, surroundings.Catalogues);
        IReadOnlyList<SeriesTask> tasks = planner.Tasks();
        string? folder = surroundings switch
        {
            { Folder: { } own } => SeriesFolder.At(own, identity),
            { RunsFolder: { } runs } => SeriesFolder.In(runs, series.Name, identity, surroundings.Clock.GetLocalNow()),
            _ => null,
        };
        Dictionary<(Corpus, string), ExperimentFeatures> features = [];
        List<FinishedTask> finished = [];
        foreach (SeriesTask task in tasks)
        {
            Surroundings own = surroundings with
            {
                RunsFolder = null,
                Folder = folder is null ? null : Path.Combine(folder, task.Name),
                Journals = surroundings.Journals is { } journals ? Path.Combine(journals, task.Name) : null,
                Progress = NamedProgress.Of(task.Name, surroundings.Progress),
            };
            (Corpus, string) key = (task.Run.Corpus, task.Run.FeatureSet);
            if (!features.TryGetValue(key, out ExperimentFeatures? table))
            {
                table = ExperimentFeatures.Of(task.Run.Corpus, task.Run.FeatureSet, own, cancellationToken);
                features.Add(key, table);
            }

            finished.Add(new FinishedTask(task, Execute(task.Run, table, own, cancellationToken)));
        }

        Reproduction reproduction = ReproductionBuilder.Build(series, heard, planner.Notes, finished, surroundings.CommandLine);
        if (folder is not null)
        {
            AtomicFile.Write(Path.Combine(folder, SeriesFolder.Text), ReproductionText.Markdown(reproduction));
            foreach ((string name, string text) in (documents ?? []).SelectMany(document => document.Render(reproduction)))
            {
                AtomicFile.Write(Path.Combine(folder, name), text);
            }

            AtomicFile.Write(Path.Combine(folder, SeriesFolder.Outcome), SeriesFiles.ToJson(reproduction));
        }

        return new CompletedSeries(reproduction, [.. finished.Select(task => task.Run)], folder);
    }

    /// <summary>The runs of a series, ready to be planned or worked on by several processes.</summary>
    /// <param name="series">What to run.</param>
    /// <param name="corpora">On what.</param>
    /// <param name="surroundings">The catalogues, the cache and threads.</param>
    /// <param name="cancellationToken">Stops the search for twins.</param>
    /// <exception cref="InvalidInputException">A corpus lacks what the series needs.</exception>
    public static IReadOnlyList<PreparedRun> Prepare(
        ExperimentSeries series,
        SeriesCorpora corpora,
        Surroundings surroundings,
        CancellationToken cancellationToken = default)
    {
        surroundings = With(series, surroundings);
        SeriesCorpora heard = Listening.To(corpora, surroundings, cancellationToken);
        return
        [
            .. new SeriesPlanner(series, heard, surroundings.Catalogues).Tasks()
                .Select(task => new PreparedRun(task.Name, task.Run) { FeatureSets = series.FeatureSets }),
        ];
    }

    private static Surroundings With(ExperimentSeries series, Surroundings surroundings) => surroundings with
    {
        Catalogues = surroundings.Catalogues with
        {
            FeatureSets = series.FeatureSets.Aggregate(surroundings.Catalogues.FeatureSets, (sets, own) => sets.With(own)),
        },
    };

    private static CompletedRun Execute(
        PlannedRun run, ExperimentFeatures features, Surroundings surroundings, CancellationToken cancellationToken)
    {
        if (surroundings is { Folder: { } folder, Journals: null } && Directory.Exists(folder))
        {
            string featuresHash = RunHash.Of(features.Names, features.Examples);
            if (CompletedRun.TryRead(folder, RunHash.Of(run.Corpus), featuresHash, surroundings.Threads) is { } earlier)
            {
                return earlier;
            }
        }

        return run.Run(features, surroundings, cancellationToken);
    }
}

/// <summary>A task of a series and the run that came of it.</summary>
/// <param name="Task">What was planned.</param>
/// <param name="Run">The run.</param>
internal sealed record FinishedTask(SeriesTask Task, CompletedRun Run)
{
    /// <summary>What all runs share whose figures are of the same and differ by their seeds.</summary>
    public (string Part, string FeatureSet) Key => (Task.Run.Experiment.Part, Task.Run.FeatureSet);
}
