using System.Buffers;

namespace SerLab.Features.Audio;

/// <summary>
/// Decodes WAV: PCM of 8, 16, 24 and 32 bits, float of 32 and 64, WAVE_FORMAT_EXTENSIBLE, RF64.
/// </summary>
internal sealed class WavReader : SoundReader
{
    private const int BlockBytes = 1 << 16;

    private readonly Stream stream;
    private readonly WavFormat format;
    private readonly byte[] encoded = ArrayPool<byte>.Shared.Rent(BlockBytes);

    private WavReader(Stream stream, string name, WavFormat format, long frames) : base(name, format.Channels, format.SampleRate)
    {
        this.stream = stream;
        this.format = format;
        ExpectedFrames = frames;
    }

    internal override long ExpectedFrames { get; }

    /// <summary>Opens a file that begins with RIFF, RF64 or BW64.</summary>
    /// <param name="stream">Seekable.</param>
    /// <param name="name">The file, for messages.</param>
    public static new WavReader Open(Stream stream, string name)
    {
        WavLayout layout = WavLayout.Find(stream, name);
        long frames = layout.DataLength / layout.Format.BytesPerFrame;
        if (frames == 0)
        {
            throw UnreadableAudio.NoSamples(name);
        }

        stream.Position = layout.DataStart;
        return new WavReader(stream, name, layout.Format, frames);
    }

    private protected override int Decode(Span<float> interleaved)
    {
        long room = Math.Min(interleaved.Length / Channels, BlockBytes / format.BytesPerFrame);
        int frames = (int)Math.Min(room, ExpectedFrames - Position);
        Span<byte> block = encoded.AsSpan(0, frames * format.BytesPerFrame);
        stream.ReadExactly(block);
        SampleConversion.ToFloat(block, format.Encoding, interleaved[..(frames * Channels)]);
        return frames;
    }

    private protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            ArrayPool<byte>.Shared.Return(encoded);
        }

        base.Dispose(disposing);
    }
}
