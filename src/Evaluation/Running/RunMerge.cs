using SerLab.Core;
using SerLab.Evaluation.Records;
using SerLab.Training.Metrics;

namespace SerLab.Evaluation.Running;

/// <summary>
/// The union of what workers have done of a plan. It does not depend on who did what or in which order: of outcomes that differ,
/// the one of the worker whose name comes first is taken, and said so. Immutable.
/// </summary>
public sealed class RunMerge
{
    private readonly Dictionary<FoldTask, FoldOutcome> outcomes = [];
    private readonly List<string> differences = [];
    private readonly IReadOnlyList<(string Worker, IReadOnlyList<FoldOutcome> Outcomes)> journals;

    /// <summary>Unites outcomes.</summary>
    /// <param name="plan">
    /// The plan; outcomes of tasks that it does not have, or not of as many clips, are left out.
    /// </param>
    /// <param name="journals">The outcomes of every worker, by its name.</param>
    public RunMerge(RunPlan plan, IEnumerable<(string Worker, IReadOnlyList<FoldOutcome> Outcomes)> journals)
    {
        Plan = plan;
        this.journals = [.. journals.OrderBy(journal => journal.Worker, StringComparer.Ordinal)];
        HashSet<FoldTask> tasks = [.. plan.Tasks];
        Dictionary<FoldTask, string> doneBy = [];
        foreach ((string worker, IReadOnlyList<FoldOutcome> done) in this.journals)
        {
            foreach (FoldOutcome outcome in done.Where(outcome => tasks.Contains(outcome.Task) && Fits(outcome)))
            {
                if (outcomes.TryAdd(outcome.Task, outcome))
                {
                    doneBy.Add(outcome.Task, worker);
                }
                else
                {
                    Repeated++;
                    if (!outcomes[outcome.Task].Agrees(outcome))
                    {
                        differences.Add(
                            $"The outcome of {outcome.Task.Id} by worker '{worker}' differs from that by "
                            + $"'{doneBy[outcome.Task]}', which is taken.");
                    }
                }
            }
        }
    }

    /// <summary>The plan.</summary>
    public RunPlan Plan { get; }

    /// <summary>Number of tasks that are done.</summary>
    public int Done => outcomes.Count;

    /// <summary>The tasks that nobody has done, in the order of the plan.</summary>
    public IReadOnlyList<FoldTask> Missing => [.. Plan.Tasks.Where(task => !outcomes.ContainsKey(task))];

    /// <summary>How often a task was done again that another worker had done, too.</summary>
    public int Repeated { get; private set; }

    /// <summary>Where two workers did the same task and did not agree, in sentences.</summary>
    public IReadOnlyList<string> Differences => differences;

    /// <summary>
    /// The workers that had their journals open when these were read; what they have done is not part of the union.
    /// </summary>
    public IReadOnlyList<string> AtWork { get; private init; } = [];

    /// <summary>Whether any worker has begun the plan, so far as its journal could be read.</summary>
    internal bool IsBegun => journals.Count > 0;

    /// <summary>Unites the journals in a run folder; those of other plans are left out.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="folder">The run folder.</param>
    public static RunMerge Read(RunPlan plan, string folder)
    {
        List<(string, IReadOnlyList<FoldOutcome>)> read = [];
        List<string> atWork = [];
        foreach (string path in Directory.GetFiles(folder, RunFiles.Journals))
        {
            try
            {
                if (RunJournal.Read(path, plan.Hash) is { } outcomes)
                {
                    read.Add((RunJournal.WorkerOf(path), outcomes));
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                atWork.Add(RunJournal.WorkerOf(path));
            }
        }

        return new RunMerge(plan, read) { AtWork = atWork };
    }

    /// <summary>This union with further outcomes.</summary>
    internal RunMerge With(string worker, IReadOnlyList<FoldOutcome> further) => new(Plan, [.. journals, (worker, further)]);

    /// <summary>The record of the run.</summary>
    /// <exception cref="InvalidInputException">Tasks are missing; the sentence names the first.</exception>
    public RunRecord ToRecord()
    {
        IReadOnlyList<FoldTask> missing = Missing;
        if (missing.Count > 0)
        {
            throw new InvalidInputException(
                $"{missing.Count} of {Plan.Tasks.Count} tasks are missing, the first is {missing[0].Id}; let a worker do them."
                + string.Concat(AtWork.Select(worker => $" Worker '{worker}' has not finished.")));
        }

        FoldOutcome[] all = [.. Plan.Tasks.Select(task => outcomes[task])];
        return new RunRecord(
            Plan,
            [
                .. all.Select(o => new FoldPrediction(
                    o.Task, Plan.FoldOf(o.Task).Test, new PredictionSet(o.Truth, o.Predicted, o.Probabilities))),
            ],
            [.. all.Where(o => o.Search is not null).Select(o => new FoldSearch(o.Task, o.Search!))],
            [
                .. all.Where(o => o.Curves.Count > 0 || !o.Converged)
                    .Select(o => new FoldLearning(o.Task, o.Curves) { Unconverged = !o.Converged }),
            ],
            [.. all.Select(o => new FoldTiming(o.Task, o.FitSeconds, o.PredictSeconds, o.Machine))])
        {
            Importance = [.. all.Where(o => o.Importance.Count > 0).Select(o => new FoldImportance(o.Task, o.Importance))],
        };
    }

    private bool Fits(FoldOutcome outcome)
    {
        int clips = Plan.FoldOf(outcome.Task).Test.Length;
        int classes = Plan.Description.TargetOf(outcome.Task.Target).Classes.Count;
        return outcome.Truth.Length == clips && outcome.Predicted.Length == clips
            && outcome.Probabilities.Length == clips * classes;
    }
}
