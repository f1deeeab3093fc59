using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.CrossValidation;
using SerLab.Evaluation.Runs;

namespace SerLab.Evaluation.Experiments;

/// <summary>A finished series.</summary>
/// <param name="Reproduction">Every figure.</param>
/// <param name="Runs">The runs behind them, in order.</param>
/// <param name="Folder">Where they are kept, or none.</param>
public sealed record CompletedSeries(Reproduction Reproduction, IReadOnlyList<CompletedRun> Runs, string? Folder);

/// <summary>
/// Runs a plan: one run per part, feature set and seed, then the summary beside the published figures. Started again after it was stopped,
/// it goes on where it was, and ends with the same bytes.
/// </summary>
public static class SeriesRunner
{
    /// <summary>Runs all parts. Everything that can be wrong with plan and corpus is found before the first fold is fitted.</summary>
    /// <param name="plan">What to run.</param>
    /// <param name="corpus">On what.</param>
    /// <param name="surroundings">Where and how fast; <see cref="ExperimentSurroundings.RunsFolder"/> gets the series' own folder.</param>
    /// <param name="cancellationToken">Stops between folds; what was finished is kept.</param>
    /// <exception cref="InvalidInputException">The corpus lacks what the plan needs.</exception>
    public static CompletedSeries Run(
        ExperimentPlan plan, ExperimentCorpus corpus, ExperimentSurroundings surroundings, CancellationToken cancellationToken = default)
    {
        SeriesPlanner planner = new(plan, corpus);
        IReadOnlyList<PlannedRun> planned = planner.Runs();
        string identity = SeriesFiles.Identity(plan, corpus, surroundings.CommandLine);
        string? folder = surroundings.RunsFolder is { } runs
            ? SeriesFolder.In(runs, plan.Name, identity, TimeProvider.System.GetLocalNow())
            : null;
        Dictionary<(Corpus, string?), ExperimentFeatures> features = [];
        List<FinishedPart> finished = [];
        foreach (PlannedRun run in planned)
        {
            ExperimentSurroundings own = surroundings with
            {
                RunsFolder = null,
                Folder = folder is null ? null : Path.Combine(folder, run.Name),
                Progress = surroundings.Progress is null ? null : new NamedProgress(run.Name, surroundings.Progress),
            };
            if (!features.TryGetValue((run.Corpus, run.FeatureSet), out ExperimentFeatures? table))
            {
                table = ExperimentFeatures.Of(run.Corpus, run.FeatureSet, own, cancellationToken);
                features.Add((run.Corpus, run.FeatureSet), table);
            }

            finished.Add(new FinishedPart(run, run.FeatureSet ?? run.Corpus.DefaultFeatureSet, Execute(run, table, own, cancellationToken)));
        }

        Reproduction reproduction = ReproductionBuilder.Build(plan, corpus, planner.Notes, finished, surroundings.CommandLine);
        if (folder is not null)
        {
            AtomicFile.Write(Path.Combine(folder, SeriesFolder.Text), ReproductionText.Markdown(reproduction));
            AtomicFile.Write(Path.Combine(folder, SeriesFolder.Outcome), SeriesFiles.ToJson(reproduction));
        }

        return new CompletedSeries(reproduction, [.. finished.Select(part => part.Run)], folder);
    }

    private static CompletedRun Execute(
        PlannedRun run, ExperimentFeatures features, ExperimentSurroundings surroundings, CancellationToken cancellationToken)
    {
        if (surroundings.Folder is { } folder && Directory.Exists(folder))
        {
            string featuresHash = RunHash.Of(features.Table.FeatureNames, FeatureRows.Align(run.Corpus, features.Table));
            if (FinishedRun.TryRead(folder, RunHash.Of(run.Corpus), featuresHash, surroundings.Threads) is { } earlier)
            {
                return earlier;
            }
        }

        return ExperimentRunner.Run(run.Experiment, run.Corpus, run.Protocols, features, surroundings, cancellationToken);
    }

    private sealed class NamedProgress(string run, IProgress<WorkProgress> progress) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => progress.Report(value with { Step = $"{run}: {value.Step}" });
    }
}

/// <summary>A planned run and what came of it.</summary>
/// <param name="Planned">What was planned.</param>
/// <param name="FeatureSet">Id of the feature set.</param>
/// <param name="Run">The run.</param>
internal sealed record FinishedPart(PlannedRun Planned, string FeatureSet, CompletedRun Run);
