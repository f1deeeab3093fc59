using System.Runtime.InteropServices;
using SerLab.Core;

namespace SerLab.Explorer.Library;

/// <summary>
/// Features of sounds in a file, a row of float32 each, so that memory need not hold them. Thread-safe.
/// </summary>
internal sealed class KeptFeatures : IDisposable
{
    private readonly DiskFile stream;
    private readonly Lock writing = new();

    /// <summary>Opens a file, or makes one.</summary>
    /// <param name="path">The file; held for writing by one process at a time.</param>
    /// <param name="columns">Values of a row.</param>
    /// <param name="isTemporary">Whether the file goes when it is closed.</param>
    /// <exception cref="IOException">Another process holds it, or the disk fails.</exception>
    public KeptFeatures(string path, int columns, bool isTemporary = false)
    {
        Columns = columns;
        FileOptions options = isTemporary ? FileOptions.DeleteOnClose : FileOptions.None;
        stream = new DiskFile(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 0, options);
        Count = (int)(stream.Length / RowBytes);
    }

    /// <summary>Values of a row.</summary>
    public int Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    private long RowBytes => (long)Columns * sizeof(float);

    /// <summary>Adds a row.</summary>
    /// <returns>Its number.</returns>
    public int Add(ReadOnlySpan<float> row)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, Columns);
        lock (writing)
        {
            stream.Position = Count * RowBytes;
            stream.Write(MemoryMarshal.AsBytes(row));
            return Count++;
        }
    }

    /// <summary>Keeps some rows and drops the others; they are then numbered as they are listed.</summary>
    /// <param name="rows">Their numbers, ascending.</param>
    public void Keep(IReadOnlyList<int> rows)
    {
        float[] row = new float[Columns];
        lock (writing)
        {
            for (int i = 0; i < rows.Count; i++)
            {
                Read(rows[i], row);
                RandomAccess.Write(stream.SafeFileHandle, MemoryMarshal.AsBytes<float>(row), i * RowBytes);
            }

            Count = rows.Count;
            stream.SetLength(Count * RowBytes);
            stream.Flush(flushToDisk: true);
        }
    }

    /// <summary>Reads rows.</summary>
    /// <param name="first">The first.</param>
    /// <param name="rows">Receives whole rows, as many as fit.</param>
    public void Read(int first, Span<float> rows)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(rows);
        for (int done = 0, read; done < bytes.Length; done += read)
        {
            read = RandomAccess.Read(stream.SafeFileHandle, bytes[done..], (first * RowBytes) + done);
            if (read == 0)
            {
                bytes[done..].Clear();
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
