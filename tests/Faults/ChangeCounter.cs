namespace SerLab.Faults;

/// <summary>Counts what happens to the files below a folder.</summary>
internal sealed class ChangeCounter : IDisposable
{
    private readonly FileSystemWatcher watcher;
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int until;
    private int count;

    /// <summary>Begins to count.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="until">When this many have happened, <see cref="Reached"/> is completed.</param>
    public ChangeCounter(string folder, int until)
    {
        this.until = until;
        watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
        watcher.Created += Seen;
        watcher.Changed += Seen;
        watcher.Deleted += Seen;
        watcher.Renamed += Seen;
        watcher.EnableRaisingEvents = true;
    }

    /// <summary>Completed when as many have happened as were asked for.</summary>
    public Task Reached => reached.Task;

    /// <summary>How many have happened.</summary>
    public int Count => Volatile.Read(ref count);

    /// <inheritdoc/>
    public void Dispose() => watcher.Dispose();

    private void Seen(object sender, FileSystemEventArgs e)
    {
        if (Interlocked.Increment(ref count) == until)
        {
            reached.TrySetResult();
        }
    }
}
