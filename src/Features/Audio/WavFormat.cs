using System.Buffers.Binary;

namespace SerLab.Features.Audio;

/// <summary>What the <c>fmt </c> chunk of a WAV file says, checked: only formats that can be decoded pass.</summary>
/// <param name="Encoding">How a sample is stored.</param>
/// <param name="Channels">1 to <see cref="AudioFile.MaximumChannels"/>.</param>
/// <param name="SampleRate">Frames per second.</param>
internal sealed record WavFormat(SampleEncoding Encoding, int Channels, int SampleRate)
{
    /// <summary>Bytes of a plain <c>fmt </c> chunk.</summary>
    public const int PlainLength = 16;

    /// <summary>Bytes of the <c>fmt </c> chunk of a WAVE_FORMAT_EXTENSIBLE file.</summary>
    public const int ExtensibleLength = 40;

    private const ushort TagPcm = 0x0001;
    private const ushort TagFloat = 0x0003;
    private const ushort TagExtensible = 0xFFFE;

    /// <summary>Bytes of one sample of every channel.</summary>
    public int BytesPerFrame => Channels * SampleConversion.BytesPerSample(Encoding);

    // KSDATAFORMAT_SUBTYPE: a format tag in the first two bytes, then always this.
    private static ReadOnlySpan<byte> SubFormatTail =>
        [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71];

    /// <summary>Reads the chunk (Microsoft, "Multiple channel audio data and WAVE files").</summary>
    /// <param name="chunk">As much of the chunk as there is, at most <see cref="ExtensibleLength"/> bytes of it.</param>
    /// <param name="name">The file, for messages.</param>
    public static WavFormat Parse(ReadOnlySpan<byte> chunk, string name)
    {
        if (chunk.Length < PlainLength)
        {
            throw UnreadableAudio.Because(
                name, $"its 'fmt ' chunk has {chunk.Length} bytes, and at least {PlainLength} are needed");
        }

        ushort tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        uint sampleRate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        int blockAlign = BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
        if (tag == TagExtensible)
        {
            tag = SubFormat(chunk, bits, name);
        }

        AudioFile.RequirePlausible(name, channels, sampleRate);
        return new WavFormat(EncodingOf(tag, bits, blockAlign, channels, name), channels, (int)sampleRate);
    }

    private static ushort SubFormat(ReadOnlySpan<byte> chunk, int bits, string name)
    {
        if (chunk.Length < ExtensibleLength)
        {
            throw UnreadableAudio.Because(
                name,
                $"its WAVE_FORMAT_EXTENSIBLE 'fmt ' chunk has {chunk.Length} bytes, and {ExtensibleLength} are needed");
        }

        // Samples with fewer valid bits than their container fill it from the top, so that the scale is the container's.
        int validBits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[18..]);
        if (validBits > bits)
        {
            throw UnreadableAudio.Because(name, $"its header says {validBits} valid bits in samples of {bits} bits");
        }

        ReadOnlySpan<byte> subFormat = chunk[24..40];
        return subFormat[2..].SequenceEqual(SubFormatTail)
            ? BinaryPrimitives.ReadUInt16LittleEndian(subFormat)
            : throw UnreadableAudio.Because(name, $"its sub-format {new Guid(subFormat)} is neither PCM nor float; {ConvertIt}");
    }

    private static SampleEncoding EncodingOf(ushort tag, int bits, int blockAlign, int channels, string name)
    {
        if (tag is not (TagPcm or TagFloat))
        {
            throw UnreadableAudio.Because(
                name, $"it is WAV with codec {CodecName(tag)}, and PCM or float is needed; {ConvertIt}");
        }

        // A container may be wider than its samples need (24 bits in 32): the block size, channels x container, tells.
        int bytes = blockAlign / channels;
        if (bits == 0 || bytes * channels != blockAlign || 8 * bytes < bits)
        {
            throw UnreadableAudio.Because(
                name,
                $"its header contradicts itself: {channels} channels of {bits} bits in frames of {blockAlign} bytes");
        }

        return (tag, bytes) switch
        {
            (TagPcm, 1) => SampleEncoding.Unsigned8,
            (TagPcm, 2) => SampleEncoding.Signed16,
            (TagPcm, 3) => SampleEncoding.Signed24,
            (TagPcm, 4) => SampleEncoding.Signed32,
            (TagFloat, 4) when bits == 32 => SampleEncoding.Float32,
            (TagFloat, 8) when bits == 64 => SampleEncoding.Float64,
            _ => throw UnreadableAudio.Because(
                name,
                $"its samples are {(tag == TagPcm ? "integers" : "floats")} of {bits} bits in {bytes} bytes, "
                + "and integers of 1 to 4 bytes or floats of 4 or 8 bytes are supported"),
        };
    }

    private static string ConvertIt => "convert it, for example with: ffmpeg -i INPUT -c:a pcm_s16le OUTPUT.wav";

    private static string CodecName(ushort tag)
    {
        string? known = tag switch
        {
            0x0002 => "Microsoft ADPCM",
            0x0006 => "A-law",
            0x0007 => "mu-law",
            0x0011 => "IMA ADPCM",
            0x0031 => "GSM 6.10",
            0x0040 => "G.721 ADPCM",
            0x0050 => "MPEG layer 1 or 2",
            0x0055 => "MP3",
            0x00FF or 0x1610 => "AAC",
            0x0161 or 0x0162 => "Windows Media Audio",
            0x2000 => "AC-3",
            0xF1AC => "FLAC",
            _ => null,
        };
        return known is null ? $"tag 0x{tag:X4}" : $"{known} (tag 0x{tag:X4})";
    }
}
