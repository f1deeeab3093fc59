using System.Buffers;
using System.Numerics.Tensors;

namespace SerLab.Features.Audio;

/// <summary>Decodes whatever libsndfile can: FLAC, Ogg Vorbis and Opus, MP3 (from 1.1), AIFF, CAF, AU, W64 and more.</summary>
internal static class SndFileReader
{
    private const int BlockSamples = 1 << 14;

    // The most that is allocated because a header says so; the array grows if the decoder yields more.
    private const int TrustedFramesPerByte = 8;

    private const string HowToInstall =
        "install it (Debian, Ubuntu: apt-get install libsndfile1; macOS: brew install libsndfile; Windows: sndfile.dll from "
        + "https://github.com/libsndfile/libsndfile/releases on the PATH) or convert the file to WAV";

    /// <summary>Decodes a sound to mono.</summary>
    /// <param name="stream">Seekable.</param>
    /// <param name="name">The file, for messages.</param>
    /// <param name="format">What the file seems to be, or <see langword="null"/>.</param>
    /// <param name="library">The library, or <see langword="null"/> where it is not installed.</param>
    public static AudioSignal Read(Stream stream, string name, string? format, SndFileLibrary? library)
    {
        string formatClause = format is null ? "it is not WAV" : $"it is {format}";
        if (library is null)
        {
            throw UnreadableAudio.Because(name, $"{formatClause}, which needs libsndfile; {HowToInstall}");
        }

        using SndFileHandle file = SndFileHandle.Open(library, stream, out string reason);
        if (file.IsInvalid)
        {
            throw UnreadableAudio.Because(
                name,
                format is null
                    ? $"it is not a sound file that {library.Version} knows ({reason})"
                    : $"{formatClause}, and {library.Version} cannot open it ({reason}); get it again, or convert it to WAV");
        }

        AudioFile.RequirePlausible(name, file.Channels, file.SampleRate);
        ReadOnlyMemory<float> mono = Decode(file, name, stream.Length);
        if (file.HasExactLength && mono.Length < file.PromisedFrames)
        {
            throw UnreadableAudio.Because(
                name,
                $"it is damaged: its header promises {file.PromisedFrames} samples, and {mono.Length} can be decoded");
        }

        if (mono.IsEmpty)
        {
            throw UnreadableAudio.NoSamples(name);
        }

        RequireFinite(mono.Span, name, file.SampleRate);
        return new AudioSignal(mono, file.SampleRate);
    }

    private static ReadOnlyMemory<float> Decode(SndFileHandle file, string name, long bytes)
    {
        long trusted = Math.Min(bytes * TrustedFramesPerByte, Array.MaxLength - 1);
        float[] mono = GC.AllocateUninitializedArray<float>((int)Math.Clamp(file.PromisedFrames, 1, trusted));
        float[] block = ArrayPool<float>.Shared.Rent(BlockSamples);
        try
        {
            Span<float> interleaved = block.AsSpan(0, BlockSamples / file.Channels * file.Channels);
            int length = 0;
            for (int frames; (frames = file.Read(interleaved)) > 0; length += frames)
            {
                RequireSound(file, name, length);
                if (frames > mono.Length - length)
                {
                    mono = Grown(mono, length + (long)frames, name);
                }

                ChannelMix.ToMono(interleaved, file.Channels, mono.AsSpan(length, frames));
            }

            RequireSound(file, name, length);
            return mono.AsMemory(0, length);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(block);
        }
    }

    // Asked after every read: the library forgets an error at the next one, and a damaged frame becomes silence or is left out.
    private static void RequireSound(SndFileHandle file, string name, int length)
    {
        if (file.Error is string error)
        {
            throw UnreadableAudio.Because(name, $"it is damaged after {length} samples ({error})");
        }
    }

    private static float[] Grown(float[] array, long needed, string name)
    {
        if (needed > Array.MaxLength)
        {
            throw UnreadableAudio.TooLong(name);
        }

        Array.Resize(ref array, (int)Math.Min(Math.Max(needed, 2L * array.Length), Array.MaxLength));
        return array;
    }

    private static void RequireFinite(ReadOnlySpan<float> mono, string name, int sampleRate)
    {
        if (TensorPrimitives.IsFiniteAll(mono))
        {
            return;
        }

        int frame = 0;
        while (float.IsFinite(mono[frame]))
        {
            frame++;
        }

        throw UnreadableAudio.NotFinite(name, frame, sampleRate);
    }
}
