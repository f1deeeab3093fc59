using System.Collections.Concurrent;
using SerLab.Core;
using SerLab.Evaluation.Records;
using SerLab.Training.Folds;
using SerLab.Training.Importance;
using SerLab.Training.Learners;

namespace SerLab.Evaluation.Running;

/// <summary>
/// A fold's tasks, its data and the answers that were given on it. A model that combines the answers of others in the run is not
/// fitted: it hears theirs. The data is made for the first task that fits a model and released with the last. Thread-safe.
/// </summary>
internal sealed class SharedFold
{
    private readonly Func<FoldData> materialise;
    private readonly RunInputs inputs;
    private readonly Lock guard = new();
    private readonly ConcurrentDictionary<string, Lazy<FittedFold>> fits = [];
    private FoldData? data;
    private int unfitted;

    /// <summary>Sorts the tasks of one fold, protocol and target.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="truth">The target value of every test example.</param>
    /// <param name="materialise">Makes the data.</param>
    /// <param name="inputs">The run.</param>
    public SharedFold(IReadOnlyList<FoldTask> tasks, double[] truth, Func<FoldData> materialise, RunInputs inputs)
    {
        Truth = truth;
        this.materialise = materialise;
        this.inputs = inputs;
        ILookup<bool, FoldTask> combines = tasks.ToLookup(task => inputs.CombinationOf(LearnerOf(task.Model)) is not null);
        (Fits, Combinations) = ([.. combines[false]], [.. combines[true]]);
        unfitted = Fits.Count;
    }

    /// <summary>The target value of every test example.</summary>
    public double[] Truth { get; }

    /// <summary>The tasks that fit a model.</summary>
    public IReadOnlyList<FoldTask> Fits { get; }

    /// <summary>The tasks that combine answers; before those of their members are done they would have to wait.</summary>
    public IReadOnlyList<FoldTask> Combinations { get; }

    /// <summary>Fits and asks a model for one of the tasks, each once.</summary>
    /// <param name="task">The task.</param>
    /// <param name="progress">Told of a long fit.</param>
    /// <param name="cancellationToken">Stops a long fit.</param>
    public FittedFold Do(FoldTask task, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        FittedFold fitted = Fitted(task, LearnerOf(task.Model), progress, cancellationToken);

        // Combinations need answers alone; models may be large, and so may answers to many shuffled groups.
        fits[task.Model] = new Lazy<FittedFold>(
            fitted with { Model = null, Shuffled = Combinations.Count > 0 ? fitted.Shuffled : [] });
        if (Fits.Contains(task) && Interlocked.Decrement(ref unfitted) == 0)
        {
            lock (guard)
            {
                data = null;
            }
        }

        return fitted;
    }

    private static TimeSpan Sum(IEnumerable<TimeSpan> times) => times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);

    private ILearner LearnerOf(string model) => inputs.Learners.First(learner => learner.Name == model);

    private FoldData Data()
    {
        lock (guard)
        {
            return data ??= materialise();
        }
    }

    // The order of clips is the same for all models of a fold, so that what combines them can be asked as well.
    private List<Predictions> Shuffled(
        FeatureShuffle shuffle, FoldData data, FoldTask task, ILearner learner, IModel model, CancellationToken cancellationToken)
    {
        int seed = SeededRandom.Derive(inputs.Seed, $"importance/{task.Protocol}", task.Fold);
        List<Predictions> answers = [];
        foreach (Examples shuffled in shuffle.Of(data.Test, seed))
        {
            cancellationToken.ThrowIfCancellationRequested();
            answers.Add(data.Ask(learner, model, shuffled));
        }

        return answers;
    }

    private FittedFold Fitted(
        FoldTask task, ILearner learner, IProgress<WorkProgress>? progress, CancellationToken cancellationToken) =>
        fits.GetOrAdd(learner.Name, _ => new Lazy<FittedFold>(() =>
        {
            if (inputs.CombinationOf(learner) is not { } combination)
            {
                Target target = inputs.Targets.First(of => of.Target.Name == task.Target).Target;
                int seed = SeededRandom.Derive(inputs.Seed, $"{learner.Name}/{target.SeedName}", task.Fold);
                FoldData data = Data();
                FittedFold fitted = data.FitAndPredict(learner, seed, progress, cancellationToken);
                return inputs.Importance is { } shuffle
                    ? fitted with { Shuffled = Shuffled(shuffle, data, task, learner, fitted.Model!, cancellationToken) }
                    : fitted;
            }

            FittedFold[] members =
            [
                .. combination.Combined.Select(member =>
                    Fitted(task, LearnerOf(member.Name), progress, cancellationToken)),
            ];
            return new FittedFold(
                null,
                combination.Combine([.. members.Select(member => member.Predictions)]),
                Sum(members.Select(member => member.FitTime)),
                Sum(members.Select(member => member.PredictTime)))
            {
                Shuffled =
                [
                    .. Enumerable.Range(0, members[0].Shuffled.Count).Select(i =>
                        combination.Combine([.. members.Select(member => member.Shuffled[i])])),
                ],
            };
        })).Value;
}
