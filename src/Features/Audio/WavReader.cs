using System.Buffers;
using System.Numerics.Tensors;

namespace SerLab.Features.Audio;

/// <summary>
/// Decodes WAV: PCM of 8, 16, 24 and 32 bits, float of 32 and 64, WAVE_FORMAT_EXTENSIBLE, RF64. It reads the samples once, block
/// by block, and allocates no more than the result: four bytes per frame that is in the file.
/// </summary>
internal static class WavReader
{
    private const int BlockBytes = 1 << 16;

    /// <summary>Decodes a file that begins with RIFF, RF64 or BW64.</summary>
    /// <param name="stream">Seekable.</param>
    /// <param name="name">The file, for messages.</param>
    public static AudioSignal Read(Stream stream, string name)
    {
        WavLayout layout = WavLayout.Find(stream, name);
        WavFormat format = layout.Format;
        long frames = layout.DataLength / format.BytesPerFrame;
        if (frames == 0)
        {
            throw UnreadableAudio.NoSamples(name);
        }

        if (frames > Array.MaxLength)
        {
            throw UnreadableAudio.TooLong(name);
        }

        float[] mono = GC.AllocateUninitializedArray<float>((int)frames);
        stream.Position = layout.DataStart;
        Decode(stream, format, mono);
        if (SampleConversion.MayBeNonFinite(format.Encoding) && !TensorPrimitives.IsFiniteAll<float>(mono))
        {
            throw UnreadableAudio.NotFinite(name, Array.FindIndex(mono, x => !float.IsFinite(x)), format.SampleRate);
        }

        return new AudioSignal(mono, format.SampleRate);
    }

    private static void Decode(Stream stream, WavFormat format, Span<float> mono)
    {
        int blockFrames = Math.Min(mono.Length, BlockBytes / format.BytesPerFrame);
        byte[] encoded = ArrayPool<byte>.Shared.Rent(blockFrames * format.BytesPerFrame);
        float[] interleaved = ArrayPool<float>.Shared.Rent(format.Channels == 1 ? 0 : blockFrames * format.Channels);
        try
        {
            while (mono.Length > 0)
            {
                int frames = Math.Min(mono.Length, blockFrames);
                Span<byte> block = encoded.AsSpan(0, frames * format.BytesPerFrame);
                stream.ReadExactly(block);
                if (format.Channels == 1)
                {
                    SampleConversion.ToFloat(block, format.Encoding, mono[..frames]);
                }
                else
                {
                    Span<float> samples = interleaved.AsSpan(0, frames * format.Channels);
                    SampleConversion.ToFloat(block, format.Encoding, samples);
                    ChannelMix.ToMono(samples, format.Channels, mono[..frames]);
                }

                mono = mono[frames..];
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(encoded);
            ArrayPool<float>.Shared.Return(interleaved);
        }
    }
}
