namespace SerLab.Explorer.Library;

/// <summary>
/// All sounds of a library by their numbers, with what changed when. Numbers are given in order of appearance and never twice.
/// Thread-safe.
/// </summary>
internal sealed class SoundRows
{
    private readonly Lock changing = new();
    private readonly List<SoundRow?> rows = [];
    private readonly List<(int Id, long Revision)> gone = [];
    private readonly Dictionary<string, (string Error, long Revision)> failed = new(StringComparer.Ordinal);
    private long revision;

    /// <summary>Grows with every change.</summary>
    public long Revision => Interlocked.Read(ref revision);

    /// <summary>How many sounds have no answer.</summary>
    public int Failed
    {
        get
        {
            lock (changing)
            {
                return failed.Count;
            }
        }
    }

    /// <summary>Adds rows without a number and replaces those with one.</summary>
    /// <returns>The rows with their numbers.</returns>
    public IReadOnlyList<SoundRow> Put(IReadOnlyCollection<SoundRow> some)
    {
        lock (changing)
        {
            List<SoundRow> put = new(some.Count);
            long now = revision + 1;
            foreach (SoundRow row in some)
            {
                SoundRow numbered = row with { Id = row.Id < 0 ? rows.Count : row.Id, Revision = now };
                if (row.Id < 0)
                {
                    rows.Add(numbered);
                }
                else
                {
                    rows[row.Id] = numbered;
                }

                failed.Remove(row.Path);
                put.Add(numbered);
            }

            Advance(put.Count > 0);
            return put;
        }
    }

    /// <summary>Forgets rows whose sounds are gone.</summary>
    public void Remove(IReadOnlyCollection<int> ids)
    {
        lock (changing)
        {
            foreach (int id in ids)
            {
                rows[id] = null;
                gone.Add((id, revision + 1));
            }

            Advance(ids.Count > 0);
        }
    }

    /// <summary>Keeps why sounds have no answer.</summary>
    public void Fail(IReadOnlyCollection<(string Path, string Error)> some)
    {
        lock (changing)
        {
            foreach ((string path, string error) in some)
            {
                failed[path] = (error, revision + 1);
            }

            Advance(some.Count > 0);
        }
    }

    /// <summary>Forgets that a sound had no answer: it is gone.</summary>
    public void Forget(string path)
    {
        lock (changing)
        {
            failed.Remove(path);
        }
    }

    /// <summary>Marks a row as changed, because something beside it did.</summary>
    public void Touch(int id)
    {
        lock (changing)
        {
            if (rows[id] is { } row)
            {
                Advance(true);
                rows[id] = row with { Revision = revision };
            }
        }
    }

    /// <summary>A row, or none where the number is not that of a sound.</summary>
    public SoundRow? Find(int id)
    {
        lock (changing)
        {
            return id >= 0 && id < rows.Count ? rows[id] : null;
        }
    }

    /// <summary>What changed after a revision; after 0, all there is.</summary>
    public RowChanges Since(long since)
    {
        lock (changing)
        {
            return new RowChanges(
                revision,
                [.. rows.OfType<SoundRow>().Where(row => row.Revision > since)],
                [.. failed.Where(pair => pair.Value.Revision > since).Select(pair => (pair.Key, pair.Value.Error))],
                since == 0 ? [] : [.. gone.Where(entry => entry.Revision > since).Select(entry => entry.Id)]);
        }
    }

    private void Advance(bool changed)
    {
        if (changed)
        {
            Interlocked.Increment(ref revision);
        }
    }
}

/// <summary>What changed in a library.</summary>
/// <param name="Revision">The revision that this leads to.</param>
/// <param name="Rows">Rows that are new or other than before, in order of their numbers.</param>
/// <param name="Failed">Sounds that have no answer, and why.</param>
/// <param name="Gone">Numbers of sounds that are gone.</param>
internal sealed record RowChanges(
    long Revision,
    IReadOnlyList<SoundRow> Rows,
    IReadOnlyList<(string Path, string Error)> Failed,
    IReadOnlyList<int> Gone);
