using System.Buffers;
using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using SerLab.Core;

namespace SerLab.Features.Audio;

/// <summary>
/// Writes mono WAV files. Samples that <see cref="AudioFile.Read(string)"/> read from 16 bits are written back bit for bit.
/// </summary>
public static class WavWriter
{
    private const int BlockSamples = 1 << 14;

    /// <summary>Writes a file whole or not at all; one that is there is replaced.</summary>
    /// <param name="path">The file; its folder is created where it is missing.</param>
    /// <param name="signal">At least one sample.</param>
    /// <param name="encoding">How samples are stored; 16-bit integers by default.</param>
    /// <exception cref="ArgumentException">
    /// The signal is empty, not finite, or longer than 4 GiB, the most a WAV file holds.
    /// </exception>
    /// <exception cref="InvalidInputException">The file cannot be written there.</exception>
    public static void Write(string path, AudioSignal signal, WavEncoding encoding = WavEncoding.Pcm16)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        RequireWritable(signal, encoding);
        try
        {
            AtomicFile.Write(path, stream => Write(stream, signal, encoding));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidInputException($"Cannot write '{path}': {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <summary>Writes a WAV file to a stream, which need not be seekable and is left open.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="signal">At least one sample.</param>
    /// <param name="encoding">How samples are stored; 16-bit integers by default.</param>
    /// <exception cref="ArgumentException">
    /// The signal is empty, not finite, or longer than 4 GiB, the most a WAV file holds.
    /// </exception>
    public static void Write(Stream stream, AudioSignal signal, WavEncoding encoding = WavEncoding.Pcm16)
    {
        ArgumentNullException.ThrowIfNull(stream);
        RequireWritable(signal, encoding);
        WriteHeader(stream, signal, encoding);
        ReadOnlySpan<float> samples = signal.Samples.Span;
        if (encoding == WavEncoding.Float32)
        {
            stream.Write(MemoryMarshal.AsBytes(samples));
            return;
        }

        short[] block = ArrayPool<short>.Shared.Rent(BlockSamples);
        for (int start = 0; start < samples.Length; start += BlockSamples)
        {
            ReadOnlySpan<float> part = samples.Slice(start, Math.Min(BlockSamples, samples.Length - start));
            for (int i = 0; i < part.Length; i++)
            {
                block[i] = ToPcm16(part[i]);
            }

            stream.Write(MemoryMarshal.AsBytes(block.AsSpan(0, part.Length)));
        }

        ArrayPool<short>.Shared.Return(block);
    }

    private static void RequireWritable(AudioSignal signal, WavEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(signal);
        if (signal.Samples.IsEmpty)
        {
            throw new ArgumentException("A signal without samples cannot be a sound file.", nameof(signal));
        }

        if (!TensorPrimitives.IsFiniteAll(signal.Samples.Span))
        {
            throw new ArgumentException("A signal with NaN or infinite samples cannot be written.", nameof(signal));
        }

        if (HeaderLength(encoding) + ((long)signal.Samples.Length * BytesPerSample(encoding)) > uint.MaxValue)
        {
            throw new ArgumentException("A WAV file holds at most 4 GiB.", nameof(signal));
        }
    }

    private static int BytesPerSample(WavEncoding encoding) => encoding switch
    {
        WavEncoding.Pcm16 => 2,
        WavEncoding.Float32 => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(encoding)),
    };

    // Formats other than PCM carry an extension size and a 'fact' chunk with the number of frames.
    private static int HeaderLength(WavEncoding encoding) => encoding == WavEncoding.Pcm16 ? 44 : 58;

    private static short ToPcm16(float sample) =>
        (short)Math.Clamp(MathF.Round(sample * 32768), short.MinValue, short.MaxValue);

    private static void WriteHeader(Stream stream, AudioSignal signal, WavEncoding encoding)
    {
        int bytesPerSample = BytesPerSample(encoding);
        uint dataLength = (uint)signal.Samples.Length * (uint)bytesPerSample;
        bool isFloat = encoding == WavEncoding.Float32;
        Span<byte> header = stackalloc byte[HeaderLength(encoding)];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)header.Length - 8 + dataLength);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], isFloat ? 18u : 16u);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], (ushort)(isFloat ? 3 : 1));
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], (uint)signal.SampleRate);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], (uint)signal.SampleRate * (uint)bytesPerSample);
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], (ushort)bytesPerSample);
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], (ushort)(8 * bytesPerSample));
        if (isFloat)
        {
            header[36..38].Clear();
            "fact"u8.CopyTo(header[38..]);
            BinaryPrimitives.WriteUInt32LittleEndian(header[42..], 4);
            BinaryPrimitives.WriteUInt32LittleEndian(header[46..], (uint)signal.Samples.Length);
        }

        "data"u8.CopyTo(header[^8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[^4..], dataLength);
        stream.Write(header);
    }
}
