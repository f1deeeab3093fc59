using System.Diagnostics.CodeAnalysis;
using SerLab.Core;

namespace SerLab.Datasets.Extraction;

/// <summary>
/// One folder of the cache during one extraction: everything read at the start, new entries appended to a segment of its own.
/// Thread-safe. Trouble with the disk never fails an extraction: it ends the writing and is reported.
/// </summary>
/// <typeparam name="TEntry">What is kept.</typeparam>
internal sealed class CacheSession<TEntry> : IDisposable
{
    /// <summary>With more segments than this, opening merges them.</summary>
    public const int MaximumSegments = 16;

    private const string Extension = ".segment";
    private const int ReadBuffer = 1 << 20;

    private readonly string folder;
    private readonly SegmentFormat<TEntry> format;
    private readonly Action<string>? warn;
    private readonly Dictionary<string, TEntry> entries = new(StringComparer.Ordinal);
    private readonly Lock writing = new();
    private DiskFile? segment;
    private bool isBroken;

    /// <summary>Reads all segments of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="format">How records are written.</param>
    /// <param name="warn">Told once why the cache cannot be read or written.</param>
    public CacheSession(string folder, SegmentFormat<TEntry> format, Action<string>? warn = null)
    {
        this.folder = folder;
        this.format = format;
        this.warn = warn;
        Guard(() =>
        {
            string[] segments = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*" + Extension)] : [];
            foreach (string path in segments)
            {
                ReadSegment(path);
            }

            if (segments.Length > MaximumSegments)
            {
                Merge(segments);
            }
        });
    }

    /// <summary>An entry, if it was there when the session began.</summary>
    public bool TryGet(string name, [MaybeNullWhen(false)] out TEntry entry) =>
        entries.TryGetValue(SegmentFormat<TEntry>.KeyOf(name), out entry);

    /// <summary>Keeps an entry for later sessions.</summary>
    public void Add(string name, TEntry entry)
    {
        byte[] record = format.Encode(SegmentFormat<TEntry>.KeyOf(name), entry);
        lock (writing)
        {
            if (isBroken)
            {
                return;
            }

            Guard(() =>
            {
                segment ??= CreateSegment();
                segment.Write(record);
            });
        }
    }

    /// <inheritdoc/>
    public void Dispose() => segment?.Dispose();

    private static string NewName(string folder) => Path.Combine(folder, Guid.NewGuid().ToString("N") + Extension);

    private void ReadSegment(string path)
    {
        // Another process may merge this segment away at any moment; its entries are then in one that was listed or will be
        // recomputed.
        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            using FileStream stream =
                new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, ReadBuffer);
            foreach ((string key, TEntry entry) in format.Read(stream))
            {
                entries[key] = entry;
            }
        }
        catch (FileNotFoundException)
        {
        }
    }

    /// <summary>
    /// Writes all entries to one segment, then removes the old ones. Where another process is still appending to one of those,
    /// what it appends from now on is lost with it and computed again one day: a cache may forget, it may not lie.
    /// </summary>
    private void Merge(string[] segments)
    {
        AtomicFile.Write(NewName(folder), stream =>
        {
            stream.Write(format.Header);
            foreach ((string key, TEntry entry) in entries)
            {
                stream.Write(format.Encode(key, entry));
            }
        });
        foreach (string path in segments)
        {
            File.Delete(path);
        }
    }

    private DiskFile CreateSegment()
    {
        Directory.CreateDirectory(folder);
        DiskFile stream =
            new(NewName(folder), FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
        stream.Write(format.Header);
        return stream;
    }

    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            isBroken = true;
            warn?.Invoke(
                $"The feature cache in '{folder}' does not work, so that features will be computed again next time: {e.Message}");
        }
    }
}
