using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using SerLab.Core;
using SerLab.Datasets.Corpora;

namespace SerLab.Explorer.Library;

/// <summary>
/// What a model said of the files of a folder, on disk: a file that is as it was needs no reading. One record per answer, each
/// with a checksum, appended; of several for a path the last counts, and what comes after damage is forgotten. Features lie in a
/// file beside it. Where most of either is of the past, or features lack their record, opening writes both anew. One process
/// writes at a time; another on the same folder works without.
/// </summary>
internal sealed class LibraryIndex : IDisposable
{
    private static readonly byte[] Magic = "SERINDX2"u8.ToArray();

    private readonly DiskFile? stream;
    private readonly MemoryStream record = new();

    private LibraryIndex(DiskFile? stream, KeptFeatures features, Dictionary<string, IndexEntry> entries)
    {
        this.stream = stream;
        Features = features;
        Entries = entries;
    }

    /// <summary>The features of all records.</summary>
    public KeptFeatures Features { get; }

    /// <summary>What was there when the index was opened, by path.</summary>
    public IReadOnlyDictionary<string, IndexEntry> Entries { get; }

    /// <summary>Opens the index of a folder and model.</summary>
    /// <param name="folder">Its own folder in the cache.</param>
    /// <param name="columns">Features of a sound.</param>
    public static LibraryIndex Open(string folder, int columns)
    {
        KeptFeatures? features = null;
        DiskFile? stream = null;
        try
        {
            Directory.CreateDirectory(folder);
            features = new KeptFeatures(Path.Combine(folder, "features"), columns);
            stream = new DiskFile(
                Path.Combine(folder, "index"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1 << 16);
            Dictionary<string, IndexEntry> entries = Read(stream, features.Count, out int records, out int featured);
            int answers = entries.Values.Count(entry => entry.Row is not null);

            // Features without a record are of sounds that will be heard again, and would count twice in what is usual here.
            return records <= 2 * entries.Count && features.Count <= Math.Min(2 * answers, featured)
                ? new LibraryIndex(stream, features, entries)
                : Compacted(stream, features, entries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            features?.Dispose();
            stream?.Dispose();
            string temporary = Path.Combine(Path.GetTempPath(), $"serlab-{Guid.NewGuid():N}");
            return new LibraryIndex(null, new KeptFeatures(temporary, columns, isTemporary: true), []);
        }
    }

    /// <summary>Keeps that a file is gone.</summary>
    public void Forget(string path) => Add(path, new IndexEntry(default, null, null));

    /// <summary>Keeps an answer.</summary>
    public void Add(string path, IndexEntry entry)
    {
        if (stream is null)
        {
            return;
        }

        record.SetLength(0);
        using (BinaryWriter writer = new(record, Encoding.UTF8, leaveOpen: true))
        {
            entry.Write(writer, path);
        }

        ReadOnlySpan<byte> bytes = record.GetBuffer().AsSpan(0, (int)record.Length);
        try
        {
            Span<int> head = [bytes.Length, Checksum(bytes)];
            stream.Write(MemoryMarshal.AsBytes(head));
            stream.Write(bytes);
        }
        catch (IOException)
        {
            // A full disk costs the next start some time, nothing else: what is torn is forgotten then.
        }
    }

    /// <summary>Hands on to the disk what was added.</summary>
    public void Flush()
    {
        try
        {
            stream?.Flush();
        }
        catch (IOException)
        {
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            stream?.Dispose();
        }
        catch (IOException)
        {
            // As above.
        }

        Features.Dispose();
    }

    // Records go first and come back last: whatever interrupts this, none speaks of features that are another sound's.
    private static LibraryIndex Compacted(DiskFile stream, KeptFeatures features, Dictionary<string, IndexEntry> entries)
    {
        stream.SetLength(Magic.Length);
        stream.Flush(flushToDisk: true);
        KeyValuePair<string, IndexEntry>[] answers = [.. entries.Where(pair => pair.Value.Row is { FeatureRow: >= 0 })];
        int[] rows = [.. answers.Select(pair => pair.Value.Row!.FeatureRow).Distinct().Order()];
        features.Keep(rows);
        foreach ((string path, IndexEntry entry) in answers)
        {
            SoundRow moved = entry.Row! with { FeatureRow = Array.BinarySearch(rows, entry.Row.FeatureRow) };
            entries[path] = entry with { Row = moved };
        }

        LibraryIndex index = new(stream, features, entries);
        foreach ((string path, IndexEntry entry) in entries)
        {
            index.Add(path, entry);
        }

        index.Flush();
        return index;
    }

    private static Dictionary<string, IndexEntry> Read(
        DiskFile stream, int featureRows, out int records, out int featured)
    {
        records = 0;
        featured = 0;
        Dictionary<string, IndexEntry> entries = new(StringComparer.Ordinal);
        byte[] start = new byte[Magic.Length];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.SequenceEqual(Magic))
        {
            stream.SetLength(0);
            stream.Write(Magic);
            return entries;
        }

        long good = stream.Position;
        byte[] head = new byte[2 * sizeof(int)];
        byte[] bytes = [];
        while (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length)
        {
            int length = BitConverter.ToInt32(head);
            if (length < 0 || length > stream.Length - stream.Position)
            {
                break;
            }

            if (bytes.Length < length)
            {
                bytes = new byte[2 * length];
            }

            stream.ReadExactly(bytes, 0, length);
            if (Checksum(bytes.AsSpan(0, length)) != BitConverter.ToInt32(head, sizeof(int)))
            {
                break;
            }

            using BinaryReader reader = new(new MemoryStream(bytes, 0, length), Encoding.UTF8);
            if (IndexEntry.TryRead(reader) is not var (path, entry))
            {
                break;
            }

            if (entry.IsGone)
            {
                entries.Remove(path);
            }
            else if (entry.Row is null || entry.Row.FeatureRow < featureRows)
            {
                entries[path] = entry;
            }

            good = stream.Position;
            records++;
            featured += entry.Row is { FeatureRow: >= 0 } ? 1 : 0;
        }

        stream.SetLength(good);
        stream.Position = good;
        return entries;
    }

    // FNV-1a: it has to notice torn writes, not forgers.
    private static int Checksum(ReadOnlySpan<byte> bytes)
    {
        uint hash = 2166136261;
        foreach (byte value in bytes)
        {
            hash = (hash ^ value) * 16777619;
        }

        return (int)hash;
    }
}

/// <summary>What the index knows of a file.</summary>
/// <param name="Stamp">How the file was.</param>
/// <param name="Row">The answer, without a number; none where there is an error.</param>
/// <param name="Error">Why there is no answer; neither of the two where the file is gone.</param>
internal sealed record IndexEntry(FileStamp Stamp, SoundRow? Row, string? Error)
{
    /// <summary>Whether the file is gone.</summary>
    public bool IsGone => Row is null && Error is null;

    /// <summary>Reads what <see cref="Write"/> wrote; none where it did not write that.</summary>
    public static (string Path, IndexEntry Entry)? TryRead(BinaryReader reader)
    {
        try
        {
            return Read(reader);
        }
        catch (Exception error) when (error is IOException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Writes path and entry.</summary>
    public void Write(BinaryWriter writer, string path)
    {
        writer.Write(path);
        writer.Write(Stamp.Length);
        writer.Write(Stamp.Written);
        writer.Write(Error ?? "");
        writer.Write(Row is not null);
        if (Row is null)
        {
            return;
        }

        writer.Write(Row.Seconds);
        writer.Write(Row.Loudness);
        writer.Write(Row.Brightness);
        writer.Write(Row.FeatureRow);
        writer.Write(Row.Label ?? "");
        Write<float>(writer, Row.Answers);
        Write<sbyte>(writer, Row.Outline);
        Write<float>(writer, Row.Low);
        Write<float>(writer, Row.High);
        writer.Write(Row.MayBe.Length);
        foreach (string name in Row.MayBe)
        {
            writer.Write(name);
        }

        writer.Write(Row.Familiarity);
    }

    private static (string Path, IndexEntry Entry) Read(BinaryReader reader)
    {
        string path = reader.ReadString();
        FileStamp stamp = new(reader.ReadInt64(), reader.ReadInt64());
        string error = reader.ReadString();
        if (!reader.ReadBoolean())
        {
            return (path, new IndexEntry(stamp, null, error.Length > 0 ? error : null));
        }

        float seconds = reader.ReadSingle(), loudness = reader.ReadSingle(), brightness = reader.ReadSingle();
        int featureRow = reader.ReadInt32();
        string label = reader.ReadString();
        SoundRow row = new()
        {
            Path = path,
            Seconds = seconds,
            Loudness = loudness,
            Brightness = brightness,
            FeatureRow = featureRow,
            Label = label.Length > 0 ? label : null,
            Answers = Values<float>(reader),
            Outline = Values<sbyte>(reader),
            Low = Values<float>(reader),
            High = Values<float>(reader),
            MayBe = [.. Enumerable.Range(0, Count(reader, 1)).Select(_ => reader.ReadString())],
            Familiarity = reader.ReadSingle(),
        };
        return (path, new IndexEntry(stamp, row, null));
    }

    // How many follow, each of at least so many bytes: no more than there is room for.
    private static int Count(BinaryReader reader, int bytes)
    {
        int count = reader.ReadInt32();
        return count >= 0 && count <= (reader.BaseStream.Length - reader.BaseStream.Position) / bytes
            ? count
            : throw new FormatException($"It says that {count} values follow.");
    }

    private static T[] Values<T>(BinaryReader reader)
        where T : unmanaged
    {
        T[] values = new T[Count(reader, Unsafe.SizeOf<T>())];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private static void Write<T>(BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }
}
