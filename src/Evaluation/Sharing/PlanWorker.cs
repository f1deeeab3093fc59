using System.Globalization;
using SerLab.Core;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;

namespace SerLab.Evaluation.Sharing;

/// <summary>Does a share of a plan, and says in a note how far it is.</summary>
public static class PlanWorker
{
    /// <summary>Does what is missing of a share; whoever was killed at it or does it, too, is no hindrance.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="runs">The runs of its command, as they are here.</param>
    /// <param name="share">The share.</param>
    /// <param name="surroundings">Catalogues, threads and progress.</param>
    /// <param name="cancellationToken">Stops between tasks and within fits that listen; finished tasks are kept.</param>
    /// <returns>The last note.</returns>
    /// <exception cref="InvalidInputException">
    /// The plan is not of these runs, the folder cannot be written, or a model cannot be fitted.
    /// </exception>
    public static WorkerNote Run(
        PlanFolder plan,
        IReadOnlyList<PreparedRun> runs,
        WorkShare share,
        Surroundings surroundings,
        CancellationToken cancellationToken = default)
    {
        ILookup<PlanPart, FoldTask> mine = plan.TasksOf(share);
        HashSet<(PlanPart, FoldTask)> missing =
            [.. plan.Merges().SelectMany(merge => merge.Done.Missing.Select(task => (merge.Part, task)))];
        (PlanPart Part, FoldTask[] Tasks)[] work =
        [
            .. mine.Select(part => (part.Key, part.Where(task => missing.Contains((part.Key, task))).ToArray()))
                .Where(part => part.Item2.Length > 0),
        ];
        string worker = string.Create(
            CultureInfo.InvariantCulture,
            $"{FileName(Environment.MachineName)}-{Environment.ProcessId}-share{share.Index}of{share.Of}");
        int tasks = work.Sum(part => part.Tasks.Length);
        Reporter reporter = new(
            plan.Workers,
            new WorkerNote(
                worker,
                Machine.Name,
                share.Index,
                share.Of,
                surroundings.Threads,
                tasks,
                0,
                surroundings.Clock.GetUtcNow(),
                surroundings.Clock.GetUtcNow(),
                WorkerState.Working),
            surroundings);
        using ITimer timer = surroundings.Clock.CreateTimer(_ => reporter.Renew(), null, TimeSpan.Zero, WorkerNote.Interval);
        try
        {
            Surroundings own = plan.Around(surroundings) with { Progress = reporter };
            foreach ((PlanPart part, FoldTask[] missed) in work)
            {
                PreparedRun run = runs.FirstOrDefault(run => run.Name == part.Name) ?? throw new InvalidInputException(
                    $"The plan has a run '{part.Name}' that its command does not make here; make the plan again.");
                RunWorker.Run(
                    part.Plan, run.Inputs(own, cancellationToken), missed, plan.FolderOf(part), worker, own, cancellationToken);
                reporter.Finish(missed.Length);
            }

            return reporter.End(WorkerState.Finished);
        }
        catch (OperationCanceledException)
        {
            reporter.End(WorkerState.Stopped);
            throw;
        }
        catch (InvalidInputException error)
        {
            reporter.End(WorkerState.Failed, error.Message);
            throw;
        }
    }

    private static string FileName(string name) =>
        new([.. name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')]);

    /// <summary>Passes progress on, and counts finished tasks in the worker's note. Thread-safe.</summary>
    private sealed class Reporter(string folder, WorkerNote note, Surroundings surroundings) : IProgress<WorkProgress>
    {
        private readonly Lock guard = new();
        private WorkerNote note = note;
        private int before;

        public void Report(WorkProgress value)
        {
            if (value.Step == RunWorker.Step)
            {
                lock (guard)
                {
                    note = note with { Done = before + (int)value.Done };
                }
            }

            surroundings.Progress?.Report(value);
        }

        public void Finish(int tasks)
        {
            lock (guard)
            {
                note = note with { Done = before += tasks };
            }
        }

        public void Renew()
        {
            lock (guard)
            {
                if (note.State == WorkerState.Working)
                {
                    Write();
                }
            }
        }

        public WorkerNote End(WorkerState state, string? problem = null)
        {
            lock (guard)
            {
                note = note with { State = state, Problem = problem };
                Write();
                return note;
            }
        }

        // The note is for people; work goes on where it cannot be written.
        private void Write()
        {
            try
            {
                note = note with { Seen = surroundings.Clock.GetUtcNow() };
                note.Write(folder);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
            }
        }
    }
}
