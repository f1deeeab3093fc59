using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SerLab.Features.FeatureSets;

namespace SerLab.Datasets.Extraction;

/// <summary>
/// The bytes of a cache segment, all little-endian. A header: eight letters, the number of features (int32), SHA-256 of the feature
/// set's key and names. Then records of one size: SHA-256 of the content hash, sample rate (int32), samples (int64), features (float32),
/// and the first eight bytes of the SHA-256 of all that. Since records have one size and a checksum each, a torn or damaged one harms no
/// other.
/// </summary>
internal sealed class FeatureSegment
{
    private const int HashBytes = 32;
    private const int ChecksumBytes = 8;
    private const int ValuesOffset = HashBytes + sizeof(int) + sizeof(long);

    private readonly byte[] header;
    private readonly int features;
    private readonly int recordBytes;

    /// <summary>Segments of one feature set.</summary>
    public FeatureSegment(FeatureSet set)
    {
        features = set.Names.Count;
        recordBytes = ValuesOffset + (features * sizeof(float)) + ChecksumBytes;
        header = [.. "SERFEAT1"u8, .. new byte[sizeof(int)], .. SHA256.HashData(Encoding.UTF8.GetBytes($"{set.Key}\n{string.Join('\n', set.Names)}"))];
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan("SERFEAT1".Length), features);
    }

    /// <summary>The bytes that every segment of the set starts with.</summary>
    public ReadOnlySpan<byte> Header => header;

    /// <summary>What the cache calls a sound: any content hash becomes 32 bytes, in hexadecimal.</summary>
    public static string KeyOf(string contentHash) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(contentHash)));

    /// <summary>The sound record for a key.</summary>
    public byte[] Encode(string key, CachedFeatures entry)
    {
        byte[] record = new byte[recordBytes];
        Convert.FromHexString(key).CopyTo(record, 0);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(HashBytes), entry.SampleRate);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(HashBytes + sizeof(int)), entry.Samples);
        for (int i = 0; i < features; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(record.AsSpan(ValuesOffset + (i * sizeof(float))), entry.Values[i]);
        }

        SHA256.HashData(record.AsSpan(0, recordBytes - ChecksumBytes)).AsSpan(0, ChecksumBytes).CopyTo(record.AsSpan(recordBytes - ChecksumBytes));
        return record;
    }

    /// <summary>The intact records of a segment; none if the header is not that of this feature set.</summary>
    public IEnumerable<KeyValuePair<string, CachedFeatures>> Decode(byte[] segment)
    {
        if (!segment.AsSpan().StartsWith(header)) yield break;
        for (int start = header.Length; start + recordBytes <= segment.Length; start += recordBytes)
        {
            if (IsIntact(segment.AsSpan(start, recordBytes))) yield return DecodeRecord(segment.AsSpan(start, recordBytes));
        }
    }

    private bool IsIntact(ReadOnlySpan<byte> record)
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        SHA256.HashData(record[..^ChecksumBytes], hash);
        return hash[..ChecksumBytes].SequenceEqual(record[^ChecksumBytes..]);
    }

    private KeyValuePair<string, CachedFeatures> DecodeRecord(ReadOnlySpan<byte> record)
    {
        float[] values = new float[features];
        for (int i = 0; i < features; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(record[(ValuesOffset + (i * sizeof(float)))..]);
        }

        int sampleRate = BinaryPrimitives.ReadInt32LittleEndian(record[HashBytes..]);
        long samples = BinaryPrimitives.ReadInt64LittleEndian(record[(HashBytes + sizeof(int))..]);
        return KeyValuePair.Create(Convert.ToHexStringLower(record[..HashBytes]), new CachedFeatures(sampleRate, samples, values));
    }
}
