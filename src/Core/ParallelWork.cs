using System.Runtime.ExceptionServices;

namespace SerLab.Core;

/// <summary>Independent work in parallel whose failures look like those of a plain loop.</summary>
internal static class ParallelWork
{
    /// <summary>Runs 0 … count - 1 in any order; the first failure is thrown as it was, not wrapped.</summary>
    /// <param name="count">How many.</param>
    /// <param name="threads">How many at once, at least 1.</param>
    /// <param name="work">One piece, given its index.</param>
    /// <param name="cancellationToken">Stops before the next piece.</param>
    public static void For(int count, int threads, Action<int> work, CancellationToken cancellationToken) =>
        For(count, threads, (i, _) => work(i), cancellationToken);

    /// <summary>The same, where a piece may end the loop early.</summary>
    public static void For(int count, int threads, Action<int, ParallelLoopState> work, CancellationToken cancellationToken)
    {
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        try
        {
            Parallel.For(0, count, options, work);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]);
        }
    }
}
