using System.Collections.Concurrent;
using SerLab.Core;
using SerLab.Evaluation.Records;
using SerLab.Training.Folds;
using SerLab.Training.Learners;
using SerLab.Training.Pipelines;

namespace SerLab.Evaluation.Running;

/// <summary>
/// A fold's tasks, its data and what was fitted on it: made for the first of them that asks, released with the last. A model that
/// combines the answers of others in the run is not fitted: it hears theirs. Thread-safe.
/// </summary>
/// <param name="tasks">The tasks of one fold, protocol and target.</param>
/// <param name="materialise">Makes the data.</param>
/// <param name="inputs">The run.</param>
internal sealed class SharedFold(IReadOnlyList<FoldTask> tasks, Func<FoldData> materialise, RunInputs inputs)
{
    private readonly ConcurrentDictionary<string, Lazy<FittedFold>> fits = [];
    private Lazy<FoldData>? data = new(materialise);
    private int users = tasks.Count;

    /// <summary>The tasks.</summary>
    public IReadOnlyList<FoldTask> Tasks => tasks;

    /// <summary>Fits and asks a model for one of the tasks, each once.</summary>
    /// <param name="task">The task.</param>
    /// <param name="progress">Told of a long fit.</param>
    /// <param name="cancellationToken">Stops a long fit.</param>
    /// <returns>The targets of the test part, and the fitted model with its answers.</returns>
    public (double[] Truth, FittedFold Fitted) Do(
        FoldTask task, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            FoldData fold = data!.Value;
            ILearner learner = inputs.Learners.First(l => l.Name == task.Model);
            return (fold.Truth, Fitted(fold, task, learner, progress, cancellationToken));
        }
        finally
        {
            if (Interlocked.Decrement(ref users) == 0)
            {
                data = null;
                fits.Clear();
            }
        }
    }

    private FittedFold Fitted(
        FoldData fold,
        FoldTask task,
        ILearner learner,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellationToken) =>
        fits.GetOrAdd(learner.Name, _ => new Lazy<FittedFold>(() =>
        {
            if ((learner as Pipeline)?.Combination is { Combined.Count: > 0 } combination
                && combination.Combined.All(member => inputs.Learners.Any(other => other.Name == member.Name)))
            {
                return Combined(
                    combination,
                    [.. combination.Combined.Select(member => Fitted(
                        fold, task, inputs.Learners.First(l => l.Name == member.Name), progress, cancellationToken))]);
            }

            int seed = SeededRandom.Derive(inputs.Seed, $"{learner.Name}/{task.Target}", task.Fold);
            return fold.FitAndPredict(learner, seed, progress, cancellationToken);
        })).Value;

    private static FittedFold Combined(ICombination combination, IReadOnlyList<FittedFold> members) => new(
        null,
        combination.Combine([.. members.Select(member => member.Predictions)]),
        Sum(members.Select(member => member.FitTime)),
        Sum(members.Select(member => member.PredictTime)));

    private static TimeSpan Sum(IEnumerable<TimeSpan> times) =>
        times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);
}
