namespace SerLab.Datasets.Extraction;

/// <summary>Segments of SHA-256 digests: the header is eight letters, an entry the 32 bytes of a digest.</summary>
internal sealed class DigestSegment : SegmentFormat<byte[]>
{
    private const int DigestBytes = 32;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Header => "SERDIGE1"u8;

    /// <inheritdoc/>
    protected override int HeadBytes => DigestBytes;

    /// <inheritdoc/>
    protected override long RestBytes(ReadOnlySpan<byte> head) => 0;

    /// <inheritdoc/>
    protected override byte[] Encode(byte[] entry) => entry;

    /// <inheritdoc/>
    protected override bool Fits(ReadOnlySpan<byte> entry) => entry.Length == DigestBytes;

    /// <inheritdoc/>
    protected override byte[] Decode(ReadOnlySpan<byte> entry) => entry.ToArray();
}
