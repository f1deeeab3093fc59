using SerLab.Evaluation.Records;
using SerLab.Training.Folds;

namespace SerLab.Evaluation.Running;

/// <summary>A fold's tasks and its data: materialised for the first of them, released with the last. Thread-safe.</summary>
/// <param name="tasks">The tasks of one fold, protocol and target.</param>
/// <param name="materialise">Makes the data.</param>
internal sealed class SharedFold(IReadOnlyList<FoldTask> tasks, Func<FoldData> materialise)
{
    private Lazy<FoldData>? data = new(materialise);
    private int users = tasks.Count;

    /// <summary>The tasks.</summary>
    public IReadOnlyList<FoldTask> Tasks => tasks;

    /// <summary>Does something with the data for one of the tasks, each once.</summary>
    public T Use<T>(Func<FoldData, T> work)
    {
        try
        {
            return work(data!.Value);
        }
        finally
        {
            if (Interlocked.Decrement(ref users) == 0)
            {
                data = null;
            }
        }
    }
}
