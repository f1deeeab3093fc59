using System.IO.MemoryMappedFiles;

namespace SerLab.Fuzz.Running;

/// <summary>
/// Where a worker stands, in a file that outlives it: a process that dies, or has to be ended, has then said of what.
/// </summary>
internal sealed class CasePosition : IDisposable
{
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;

    /// <summary>Opens the file, or makes it.</summary>
    public CasePosition(string path)
    {
        file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, 4 * sizeof(long));
        view = file.CreateViewAccessor();
    }

    /// <summary>The case at work; −1 before the first.</summary>
    public long Case
    {
        get => view.ReadInt64(0);
        set => view.Write(0, value);
    }

    /// <summary>How many cases are done.</summary>
    public long Done
    {
        get => view.ReadInt64(sizeof(long));
        set => view.Write(sizeof(long), value);
    }

    /// <summary>How many of those were read to the end; the others were refused.</summary>
    public long Read
    {
        get => view.ReadInt64(2 * sizeof(long));
        set => view.Write(2 * sizeof(long), value);
    }

    /// <summary>How many of those were read as they must not be.</summary>
    public long Faults
    {
        get => view.ReadInt64(3 * sizeof(long));
        set => view.Write(3 * sizeof(long), value);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        view.Dispose();
        file.Dispose();
    }
}
