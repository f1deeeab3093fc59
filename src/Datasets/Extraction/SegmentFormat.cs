using System.Security.Cryptography;
using System.Text;

namespace SerLab.Datasets.Extraction;

/// <summary>
/// The bytes of a cache segment, all little-endian. A header, then records: SHA-256 of the name of an entry, the entry, and the
/// first eight bytes of the SHA-256 of all that. A torn or damaged record counts as absent, and so may those after it where
/// entries differ in length; no wrong value comes out.
/// </summary>
/// <typeparam name="TEntry">What is kept.</typeparam>
internal abstract class SegmentFormat<TEntry>
{
    private const int KeyBytes = 32;
    private const int ChecksumBytes = 8;

    /// <summary>The bytes that every segment starts with.</summary>
    public abstract ReadOnlySpan<byte> Header { get; }

    /// <summary>How many bytes of an entry tell its length.</summary>
    protected abstract int HeadBytes { get; }

    /// <summary>What the cache calls an entry: any name becomes 32 bytes, in hexadecimal.</summary>
    public static string KeyOf(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    /// <summary>The record of an entry.</summary>
    public byte[] Encode(string key, TEntry entry)
    {
        byte[] bytes = Encode(entry);
        byte[] record = new byte[KeyBytes + bytes.Length + ChecksumBytes];
        Convert.FromHexString(key).CopyTo(record, 0);
        bytes.CopyTo(record, KeyBytes);
        Checksum(record).CopyTo(record.AsSpan(record.Length - ChecksumBytes));
        return record;
    }

    /// <summary>The intact records of a segment; none if the header is not the one that is expected.</summary>
    /// <param name="segment">Read from its position to its end, record by record; it may still be growing.</param>
    public IEnumerable<KeyValuePair<string, TEntry>> Read(Stream segment)
    {
        byte[] start = new byte[Header.Length];
        if (segment.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length
            || !Header.SequenceEqual(start))
        {
            yield break;
        }

        byte[] head = new byte[KeyBytes + HeadBytes];
        while (segment.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length)
        {
            long rest = RestBytes(head.AsSpan(KeyBytes)) + ChecksumBytes;
            long left = segment.Length - segment.Position;
            if (rest < ChecksumBytes || rest > left)
            {
                yield break;
            }

            byte[] record = new byte[head.Length + rest];
            head.CopyTo(record, 0);
            segment.ReadExactly(record.AsSpan(head.Length));
            Memory<byte> entry = record.AsMemory(KeyBytes, record.Length - KeyBytes - ChecksumBytes);
            if (Checksum(record).SequenceEqual(record.AsSpan(record.Length - ChecksumBytes)) && Fits(entry.Span))
            {
                yield return KeyValuePair.Create(Convert.ToHexStringLower(record.AsSpan(0, KeyBytes)), Decode(entry.Span));
            }
        }
    }

    /// <summary>How many bytes follow the head of an entry; negative where no entry has such a head.</summary>
    protected abstract long RestBytes(ReadOnlySpan<byte> head);

    /// <summary>The bytes of an entry.</summary>
    protected abstract byte[] Encode(TEntry entry);

    /// <summary>Whether intact bytes are an entry of this kind.</summary>
    protected abstract bool Fits(ReadOnlySpan<byte> entry);

    /// <summary>The entry of bytes that fit.</summary>
    protected abstract TEntry Decode(ReadOnlySpan<byte> entry);

    private static ReadOnlySpan<byte> Checksum(byte[] record) =>
        SHA256.HashData(record.AsSpan(0, record.Length - ChecksumBytes)).AsSpan(0, ChecksumBytes);
}
