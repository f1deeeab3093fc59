using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SerLab.Features.FeatureSets;

namespace SerLab.Datasets.Extraction;

/// <summary>
/// Segments of features. The header: eight letters, SHA-256 of the feature set's key and names. An entry is named by the content
/// hash of a sound and holds sample rate (int32), samples (int64), number of values (int32) and the values (float32).
/// </summary>
/// <param name="set">The feature set whose values the segments hold.</param>
internal sealed class FeatureSegment(FeatureSet set) : SegmentFormat<CachedFeatures>
{
    private const int SamplesOffset = sizeof(int);
    private const int CountOffset = SamplesOffset + sizeof(long);
    private const int ValuesOffset = CountOffset + sizeof(int);

    private readonly byte[] header =
        [.. "SERFEAT2"u8, .. SHA256.HashData(Encoding.UTF8.GetBytes($"{set.Key}\n{string.Join('\n', set.Names)}"))];

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Header => header;

    /// <inheritdoc/>
    protected override int HeadBytes => ValuesOffset;

    // Where all entries have one size, a damaged number of values does not lead astray.
    /// <inheritdoc/>
    protected override long RestBytes(ReadOnlySpan<byte> head) => (set.Shape.Size ?? CountIn(head)) * (long)sizeof(float);

    /// <inheritdoc/>
    protected override byte[] Encode(CachedFeatures entry)
    {
        byte[] bytes = new byte[ValuesOffset + (entry.Values.Length * sizeof(float))];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, entry.SampleRate);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(SamplesOffset), entry.Samples);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(CountOffset), entry.Values.Length);
        for (int i = 0; i < entry.Values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(ValuesOffset + (i * sizeof(float))), entry.Values[i]);
        }

        return bytes;
    }

    /// <inheritdoc/>
    protected override bool Fits(ReadOnlySpan<byte> entry)
    {
        int count = CountIn(entry);
        return entry.Length == ValuesOffset + ((long)count * sizeof(float)) && set.Shape.Fits(count);
    }

    /// <inheritdoc/>
    protected override CachedFeatures Decode(ReadOnlySpan<byte> entry)
    {
        float[] values = new float[CountIn(entry)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(entry[(ValuesOffset + (i * sizeof(float)))..]);
        }

        return new CachedFeatures(
            BinaryPrimitives.ReadInt32LittleEndian(entry),
            BinaryPrimitives.ReadInt64LittleEndian(entry[SamplesOffset..]),
            values);
    }

    private static int CountIn(ReadOnlySpan<byte> head) => BinaryPrimitives.ReadInt32LittleEndian(head[CountOffset..]);
}
