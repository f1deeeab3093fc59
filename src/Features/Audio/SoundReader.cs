using System.Buffers;
using System.Numerics.Tensors;
using SerLab.Core;

namespace SerLab.Features.Audio;

/// <summary>
/// Decodes a sound from its start to its end, as much at a time as is asked for, so that a recording of any length needs no more
/// memory than a block. What <see cref="AudioFile"/> says of formats and refusals holds here; what can only be seen at the end
/// of a file is refused there. Not thread-safe.
/// </summary>
public abstract class SoundReader : ISampleReader
{
    private const int BlockSamples = 1 << 14;

    private readonly float[] block = ArrayPool<float>.Shared.Rent(BlockSamples);
    private FileStream? file;

    private protected SoundReader(string name, int channels, int sampleRate)
    {
        Name = name;
        Channels = channels;
        SampleRate = sampleRate;
    }

    /// <summary>What messages call the sound.</summary>
    public string Name { get; }

    /// <summary>Samples of a frame.</summary>
    public int Channels { get; }

    /// <summary>Frames per second.</summary>
    public int SampleRate { get; }

    /// <summary>How many frames were decoded so far.</summary>
    public long Position { get; private set; }

    /// <summary>How many frames to make room for; the truth, or as much as is believed of a header.</summary>
    internal abstract long ExpectedFrames { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">A sound file.</param>
    /// <param name="name">What messages call it; none: its path.</param>
    /// <exception cref="InvalidInputException">
    /// The file cannot be decoded, as for <see cref="AudioFile.Read(string)"/>.
    /// </exception>
    public static SoundReader Open(string path, string? name = null)
    {
        name ??= path;
        FileStream stream = AudioFile.Open(path, name);
        try
        {
            SoundReader reader = Open(stream, name);
            reader.file = stream;
            return reader;
        }
        catch (IOException e)
        {
            stream.Dispose();
            throw UnreadableAudio.Because(name, e.Message.TrimEnd('.'), e);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Decodes the next frames, channels averaged to one.</summary>
    /// <param name="mono">Receives them; filled, unless the sound ends.</param>
    /// <returns>How many there were; fewer than asked for only at the end.</returns>
    /// <exception cref="InvalidInputException">The file is damaged, has no samples, or one that is NaN or infinite.</exception>
    public int Read(Span<float> mono)
    {
        int done = 0;
        for (int frames; done < mono.Length; done += frames)
        {
            Span<float> rest = mono[done..];
            int most = Math.Min(rest.Length, BlockSamples / Channels);
            Span<float> interleaved = Channels == 1 ? rest : block.AsSpan(0, most * Channels);
            frames = Next(interleaved);
            if (frames == 0)
            {
                break;
            }

            ChannelMix.ToMono(interleaved, Channels, rest[..frames]);
            RequireFinite(rest[..frames], 1);
            Position += frames;
        }

        return done;
    }

    /// <summary>Decodes the next frames with all their channels.</summary>
    /// <param name="interleaved">Receives them; room for at least one frame.</param>
    /// <returns>How many frames there were; 0 only at the end.</returns>
    /// <exception cref="InvalidInputException">As for <see cref="Read"/>.</exception>
    public int ReadChannels(Span<float> interleaved)
    {
        int frames = Next(interleaved[..(interleaved.Length / Channels * Channels)]);
        RequireFinite(interleaved[..(frames * Channels)], Channels);
        Position += frames;
        return frames;
    }

    /// <summary>Decodes all that is left.</summary>
    /// <returns>At least one sample, all finite, unless some were read before.</returns>
    /// <exception cref="InvalidInputException">The file is damaged, or longer than an array.</exception>
    public AudioSignal ReadToEnd()
    {
        if (ExpectedFrames >= Array.MaxLength)
        {
            throw UnreadableAudio.TooLong(Name);
        }

        // One more than is expected, so that the end shows itself without growing.
        float[] mono = GC.AllocateUninitializedArray<float>((int)ExpectedFrames + 1);
        int length = 0;
        for (int frames; (frames = Read(mono.AsSpan(length))) > 0;)
        {
            length += frames;
            if (length == mono.Length)
            {
                mono = Grown(mono);
            }
        }

        return new AudioSignal(mono.AsMemory(0, length), SampleRate);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    internal static SoundReader Open(Stream stream, string name)
    {
        if (!stream.CanSeek)
        {
            throw UnreadableAudio.Because(name, "it is a pipe or device, and a regular file was expected");
        }

        if (stream.Length == 0)
        {
            throw UnreadableAudio.Because(name, "it is empty (0 bytes)");
        }

        Span<byte> start = stackalloc byte[AudioContainer.SignatureLength];
        stream.Position = 0;
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (AudioContainer.IsBigEndianWav(start))
        {
            throw UnreadableAudio.Because(name, "it is big-endian WAV (RIFX), which is not read; convert it to WAV");
        }

        return AudioContainer.IsWav(start)
            ? WavReader.Open(stream, name)
            : SndFileReader.Open(stream, name, AudioContainer.NameOf(start), SndFileLibrary.Installed);
    }

    /// <summary>Decodes frames, at least one unless the sound has ended.</summary>
    /// <param name="interleaved">Room for whole frames.</param>
    /// <returns>How many.</returns>
    private protected abstract int Decode(Span<float> interleaved);

    /// <summary>Refuses a file that ended and should not have ended here.</summary>
    private protected virtual void RequireComplete()
    {
    }

    private protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            ArrayPool<float>.Shared.Return(block);
            file?.Dispose();
        }
    }

    private int Next(Span<float> interleaved)
    {
        int frames = DecodeFile(interleaved);
        if (frames == 0 && interleaved.Length > 0)
        {
            RequireComplete();
            if (Position == 0)
            {
                throw UnreadableAudio.NoSamples(Name);
            }
        }

        return frames;
    }

    // Of a stream that was handed in, the one who did may know better what its failures mean.
    private int DecodeFile(Span<float> interleaved)
    {
        try
        {
            return Decode(interleaved);
        }
        catch (IOException e) when (file is not null)
        {
            throw UnreadableAudio.Because(Name, e.Message.TrimEnd('.'), e);
        }
    }

    private void RequireFinite(ReadOnlySpan<float> samples, int perFrame)
    {
        if (!samples.IsEmpty && !TensorPrimitives.IsFiniteAll(samples))
        {
            int first = 0;
            while (float.IsFinite(samples[first]))
            {
                first++;
            }

            throw UnreadableAudio.NotFinite(Name, Position + (first / perFrame), SampleRate);
        }
    }

    private float[] Grown(float[] array)
    {
        if (array.Length == Array.MaxLength)
        {
            throw UnreadableAudio.TooLong(Name);
        }

        Array.Resize(ref array, (int)Math.Min(Math.Max(2L * array.Length, BlockSamples), Array.MaxLength));
        return array;
    }
}
