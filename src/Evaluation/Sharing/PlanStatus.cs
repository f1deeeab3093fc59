using SerLab.Evaluation.Running;

namespace SerLab.Evaluation.Sharing;

/// <summary>How far a plan is. Immutable.</summary>
public sealed record PlanStatus
{
    /// <summary>Number of tasks.</summary>
    public required int Tasks { get; init; }

    /// <summary>Number of those that are done.</summary>
    public required int Done { get; init; }

    /// <summary>How often a task was done again that another worker had done, too.</summary>
    public required int Repeated { get; init; }

    /// <summary>Where two workers did the same task and did not agree, in sentences.</summary>
    public required IReadOnlyList<string> Differences { get; init; }

    /// <summary>Ids of the tasks that nobody has done, each after the name of its run where there are several.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>All workers, in the order of their shares.</summary>
    public required IReadOnlyList<WorkerNote> Workers { get; init; }

    /// <summary>
    /// About how long those at work will still take, at the pace they have kept so far; none where nobody has done a task.
    /// </summary>
    public required TimeSpan? Left { get; init; }

    /// <summary>Looks at a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="now">The time.</param>
    public static PlanStatus Of(PlanFolder plan, DateTimeOffset now)
    {
        IReadOnlyList<(PlanPart Part, RunMerge Done)> merges = plan.Merges();
        IReadOnlyList<WorkerNote> workers = WorkerNote.Read(plan.Workers, now);

        // The journal of a worker on this machine is shut to others while it is at work; its note says how many are in it.
        HashSet<string> shut = [.. merges.SelectMany(merge => merge.Done.AtWork)];
        int behindShut = workers.Where(note => shut.Contains(note.Worker)).Sum(note => note.Done);
        return new PlanStatus
        {
            Tasks = plan.Tasks,
            Done = Math.Min(plan.Tasks, merges.Sum(merge => merge.Done.Done) + behindShut),
            Repeated = merges.Sum(merge => merge.Done.Repeated),
            Differences = [.. merges.SelectMany(merge => merge.Done.Differences)],
            Missing =
            [
                .. merges.SelectMany(merge => merge.Done.Missing
                    .Select(task => plan.Parts.Count > 1 ? $"{merge.Part.Name}: {task.Id}" : task.Id)),
            ],
            Workers = workers,
            Left = workers.Max(LeftOf),
        };
    }

    // A worker goes fold by fold through all models, so that its pace hardly changes.
    private static TimeSpan? LeftOf(WorkerNote note) => note is { State: WorkerState.Working, Done: > 0 }
        ? (note.Seen - note.Began) * ((double)(note.Tasks - note.Done) / note.Done)
        : null;
}
