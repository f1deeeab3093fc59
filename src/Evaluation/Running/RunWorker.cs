using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using SerLab.Core;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;
using SerLab.Training.Folds;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;
using SerLab.Training.Search;

namespace SerLab.Evaluation.Running;

/// <summary>
/// Does tasks of a plan, several at once, and keeps each in the worker's own journal as it finishes. Nothing in a task depends on
/// others, so any worker may do any of them in any order: the outcomes are the same, bit for bit.
/// </summary>
public static class RunWorker
{
    /// <summary>The worker that a run in one process is.</summary>
    internal const string LocalName = "local";

    /// <summary>What progress is reported as.</summary>
    internal const string Step = "cross-validating";

    /// <summary>
    /// Does some tasks of a plan in a folder that several workers share; what any of them has finished is not done again.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="inputs">The inputs that it was made from.</param>
    /// <param name="tasks">Which of its tasks to do.</param>
    /// <param name="folder">The run folder, in which the worker keeps its journal.</param>
    /// <param name="worker">
    /// Name of the worker, of letters, digits, dots, dashes and underscores; no two at work share one.
    /// </param>
    /// <param name="surroundings">Threads and progress; its folders are not used.</param>
    /// <param name="cancellationToken">Stops between tasks and within fits that listen; finished tasks are kept.</param>
    /// <returns>Number of tasks that were done.</returns>
    /// <exception cref="InvalidInputException">
    /// The inputs are not those of the plan, the journal is in use or cannot be written, or a model cannot be fitted.
    /// </exception>
    public static int Run(
        RunPlan plan,
        RunInputs inputs,
        IEnumerable<FoldTask> tasks,
        string folder,
        string worker,
        Surroundings surroundings,
        CancellationToken cancellationToken = default)
    {
        PlanDifference.RequireNone(plan, RunPlanner.Plan(inputs, plan.Description.CommandLine));
        if (!worker.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') || worker.Length == 0)
        {
            throw new InvalidInputException(
                $"A worker cannot be called '{worker}'; expected letters, digits, dots, dashes and underscores.");
        }

        using RunJournal journal = RunJournal.Open(folder, worker, plan.Hash) ?? throw new InvalidInputException(
            $"The journal of worker '{worker}' in '{folder}' is in use or of another plan; give the worker another name.");
        HashSet<FoldTask> missing = [.. RunMerge.Read(plan, folder).With(worker, journal.Outcomes).Missing];
        return Do(plan, inputs, [.. tasks.Where(missing.Contains)], 0, journal, surroundings, cancellationToken).Count;
    }

    /// <summary>Does tasks and gives their outcomes, in the order of the tasks.</summary>
    internal static IReadOnlyList<FoldOutcome> Do(
        RunPlan plan,
        RunInputs inputs,
        IReadOnlyList<FoldTask> tasks,
        int doneBefore,
        RunJournal? journal,
        Surroundings surroundings,
        CancellationToken cancellationToken)
    {
        OptionsValidation.Check(surroundings);
        Dictionary<FoldTask, FoldOutcome> outcomes = [];
        ConcurrentDictionary<FoldTask, ExceptionDispatchInfo> failures = [];
        int total = doneBefore + tasks.Count;
        surroundings.Progress?.Report(new WorkProgress(Step, doneBefore, total));

        // Fold by fold, so that the models of a fold share its data and few folds are alive at a time; what only combines answers
        // comes last, so that nobody waits for them.
        IReadOnlyList<SharedFold> folds = SharedFolds(plan, inputs, tasks);
        var work = folds.SelectMany(fold => fold.Fits.Select(task => (Fold: fold, Task: task)))
            .Concat(folds.SelectMany(fold => fold.Combinations.Select(task => (Fold: fold, Task: task))));
        ParallelOptions options = new() { MaxDegreeOfParallelism = surroundings.Threads, CancellationToken = cancellationToken };
        Parallel.ForEach(Partitioner.Create(work, EnumerablePartitionerOptions.NoBuffering), options, (item, loop) =>
        {
            try
            {
                FoldOutcome outcome = Fit(plan, item.Fold, item.Task, surroundings.Progress, cancellationToken);
                journal?.Append(outcome);
                lock (outcomes)
                {
                    outcomes.Add(item.Task, outcome);
                    surroundings.Progress?.Report(new WorkProgress(Step, doneBefore + outcomes.Count, total));
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                failures[item.Task] = ExceptionDispatchInfo.Capture(error);
                loop.Stop();
            }
        });

        if (tasks.FirstOrDefault(failures.ContainsKey) is { } failed)
        {
            failures[failed].Throw();
        }

        return [.. tasks.Select(task => outcomes[task])];
    }

    private static IReadOnlyList<SharedFold> SharedFolds(RunPlan plan, RunInputs inputs, IReadOnlyList<FoldTask> tasks)
    {
        Dictionary<string, Lazy<Examples>> seen =
            inputs.Protocols.ToDictionary(p => p.Name, p => new Lazy<Examples>(() => p.Preprocess(inputs.Examples)));
        Dictionary<string, Lazy<Examples>> tested = inputs.Protocols.ToDictionary(
            p => p.Name, p => new Lazy<Examples>(() => p.PreprocessTested(inputs.Examples, seen[p.Name].Value)));
        var groups = tasks.GroupBy(task => (task.Protocol, task.Target, Fold: plan.FoldOf(task)));
        IEnumerable<SharedFold> folds = groups.Select(same =>
        {
            Protocol protocol = inputs.Protocols.First(p => p.Name == same.Key.Protocol);
            TargetValues target = inputs.Targets.First(t => t.Target.Name == same.Key.Target);
            FoldData Materialise() => new(
                new TrainingSet(seen[protocol.Name].Value, target.Target, target.Values, [.. protocol.InnerGroups]),
                same.Key.Fold,
                protocol.StopsOnTest,
                tested[protocol.Name].Value);
            return new SharedFold(
                [.. same], Array.ConvertAll(same.Key.Fold.Test, clip => target.Values[clip]), Materialise, inputs);
        });
        return [.. folds];
    }

    private static FoldOutcome Fit(
        RunPlan plan,
        SharedFold fold,
        FoldTask task,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellationToken)
    {
        Target target = plan.Description.TargetOf(task.Target);
        try
        {
            FittedFold fitted = fold.Do(task, NamedProgress.Of(task.Id, progress), cancellationToken);
            Check(fitted.Predictions, fold.Truth.Length, target);
            return new FoldOutcome(
                task,
                fold.Truth,
                fitted.Predictions.Values,
                fitted.Predictions.Probabilities,
                fitted.FitTime.TotalSeconds,
                fitted.PredictTime.TotalSeconds,
                plan.Description.Searched.Contains(task.Model) ? (fitted.Model as SearchedModel)?.Search : null,
                fitted.Model?.Curves ?? [],
                Machine.Name)
            {
                Converged = fitted.Model?.Converged ?? true,
                Importance = plan.Description.Importance is { } measured
                    ?
                    [
                        .. measured.Groups.Zip(
                            fitted.Shuffled.Chunk(measured.Repeats),
                            (group, answers) => Scored(group.Name, answers, fold.Truth, target)),
                    ]
                    : [],
            };
        }
        catch (InvalidInputException error)
        {
            throw new InvalidInputException($"{task.Model} on {task.Target}, fold {task.Fold}: {error.Message}", error);
        }
    }

    private static ShuffledScores Scored(string group, Predictions[] answers, double[] truth, Target target)
    {
        double[][] scores = Array.ConvertAll(
            answers, answer => target.Scorer.Score(new PredictionSet(truth, answer.Values, answer.Probabilities)));
        return new ShuffledScores(
            group,
            target.Scorer.Metrics.Index().Where(metric => target.Scorer.Main.Contains(metric.Item)).ToDictionary(
                metric => metric.Item.Name,
                metric => (IReadOnlyList<double>)Array.ConvertAll(scores, values => values[metric.Index])));
    }

    private static void Check(Predictions predictions, int count, Target target)
    {
        if (predictions.Values.Length != count || predictions.Probabilities.Length != count * target.Classes.Count)
        {
            throw new InvalidInputException(
                $"The model gave {predictions.Values.Length} predictions and {predictions.Probabilities.Length} probabilities "
                + $"for {count} clips.");
        }

        if (!predictions.Values.All(double.IsFinite) || !predictions.Probabilities.All(double.IsFinite))
        {
            throw new InvalidInputException("The model predicted a value that is not a finite number; its training diverged.");
        }
    }
}
