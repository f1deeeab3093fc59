using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SerLab.Features.FeatureSets;

namespace SerLab.Datasets.Extraction;

/// <summary>
/// The bytes of a cache segment, all little-endian. A header: eight letters, SHA-256 of the feature set's key and names. Then
/// records: SHA-256 of the content hash, sample rate (int32), samples (int64), number of values (int32), the values (float32),
/// and the first eight bytes of the SHA-256 of all that. A torn or damaged record counts as absent, and so may those after it
/// where the number of values differs between sounds; no wrong value comes out.
/// </summary>
/// <param name="set">The feature set whose values the segments hold.</param>
internal sealed class FeatureSegment(FeatureSet set)
{
    private const int HashBytes = 32;
    private const int SamplesOffset = HashBytes + sizeof(int);
    private const int CountOffset = SamplesOffset + sizeof(long);
    private const int ValuesOffset = CountOffset + sizeof(int);
    private const int ChecksumBytes = 8;

    private readonly byte[] header =
        [.. "SERFEAT2"u8, .. SHA256.HashData(Encoding.UTF8.GetBytes($"{set.Key}\n{string.Join('\n', set.Names)}"))];

    /// <summary>The bytes that every segment of the set starts with.</summary>
    public ReadOnlySpan<byte> Header => header;

    /// <summary>What the cache calls a sound: any content hash becomes 32 bytes, in hexadecimal.</summary>
    public static string KeyOf(string contentHash) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(contentHash)));

    /// <summary>The record of a sound.</summary>
    public static byte[] Encode(string key, CachedFeatures entry)
    {
        byte[] record = new byte[LengthOf(entry.Values.Length)];
        Convert.FromHexString(key).CopyTo(record, 0);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(HashBytes), entry.SampleRate);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(SamplesOffset), entry.Samples);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(CountOffset), entry.Values.Length);
        for (int i = 0; i < entry.Values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(record.AsSpan(ValuesOffset + (i * sizeof(float))), entry.Values[i]);
        }

        Checksum(record).CopyTo(record.AsSpan(record.Length - ChecksumBytes));
        return record;
    }

    /// <summary>The intact records of a segment; none if the header is not that of this feature set.</summary>
    /// <param name="segment">Read from its position to its end, record by record; it may still be growing.</param>
    public IEnumerable<KeyValuePair<string, CachedFeatures>> Read(Stream segment)
    {
        byte[] start = new byte[header.Length];
        if (segment.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length
            || !start.AsSpan().SequenceEqual(header))
        {
            yield break;
        }

        byte[] head = new byte[ValuesOffset];
        while (segment.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length)
        {
            // Where all records have one size, a damaged number of values does not lead astray.
            int count = set.Shape.Size ?? BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(CountOffset));
            long left = segment.Length - segment.Position;
            if (count < 0 || LengthOf(count) - head.Length > left)
            {
                yield break;
            }

            byte[] record = new byte[LengthOf(count)];
            head.CopyTo(record, 0);
            segment.ReadExactly(record.AsSpan(head.Length));
            if (IsIntact(record, count))
            {
                yield return Decode(record);
            }
        }
    }

    private static long LengthOf(int count) => ValuesOffset + ((long)count * sizeof(float)) + ChecksumBytes;

    private static byte[] Checksum(byte[] record) =>
        SHA256.HashData(record.AsSpan(0, record.Length - ChecksumBytes))[..ChecksumBytes];

    private bool IsIntact(byte[] record, int count) =>
        Checksum(record).AsSpan().SequenceEqual(record.AsSpan(record.Length - ChecksumBytes))
        && BinaryPrimitives.ReadInt32LittleEndian(record.AsSpan(CountOffset)) == count
        && set.Shape.Fits(count);

    private static KeyValuePair<string, CachedFeatures> Decode(byte[] record)
    {
        float[] values = new float[BinaryPrimitives.ReadInt32LittleEndian(record.AsSpan(CountOffset))];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(record.AsSpan(ValuesOffset + (i * sizeof(float))));
        }

        int sampleRate = BinaryPrimitives.ReadInt32LittleEndian(record.AsSpan(HashBytes));
        long samples = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(SamplesOffset));
        return KeyValuePair.Create(
            Convert.ToHexStringLower(record.AsSpan(0, HashBytes)), new CachedFeatures(sampleRate, samples, values));
    }
}
