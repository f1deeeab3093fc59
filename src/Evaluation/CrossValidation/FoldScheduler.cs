using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using SerLab.Core;

namespace SerLab.Evaluation.CrossValidation;

/// <summary>A fold to fit: nothing in it depends on other folds, so folds may run in any order and on any thread.</summary>
/// <param name="Key">Unique within the run.</param>
/// <param name="Work">Does the work.</param>
internal sealed record FoldJob(string Key, Func<CancellationToken, FoldOutcome> Work);

/// <summary>Runs folds on a bounded number of threads and keeps each in the journal as it finishes.</summary>
internal static class FoldScheduler
{
    /// <summary>The outcomes in the order of the jobs.</summary>
    public static FoldOutcome[] Run(
        IReadOnlyList<FoldJob> jobs,
        int threads,
        IFoldJournal? journal,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellationToken)
    {
        FoldOutcome?[] outcomes = [.. jobs.Select(job => journal?.Find(job.Key))];
        int[] pending = [.. Enumerable.Range(0, jobs.Count).Where(i => outcomes[i] is null)];
        ConcurrentDictionary<int, ExceptionDispatchInfo> failures = [];
        int done = jobs.Count - pending.Length;
        progress?.Report(new WorkProgress("cross-validating", done, jobs.Count));

        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.ForEach(Partitioner.Create(pending, EnumerablePartitionerOptions.NoBuffering), options, (i, loop) =>
        {
            try
            {
                FoldOutcome outcome = jobs[i].Work(cancellationToken);
                journal?.Append(outcome);
                outcomes[i] = outcome;
                progress?.Report(new WorkProgress("cross-validating", Interlocked.Increment(ref done), jobs.Count));
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                failures[i] = ExceptionDispatchInfo.Capture(error);
                loop.Stop();
            }
        });

        if (!failures.IsEmpty)
        {
            failures[failures.Keys.Min()].Throw();
        }

        return Array.ConvertAll(outcomes, outcome => outcome ?? throw new UnreachableException("A fold without outcome."));
    }
}
