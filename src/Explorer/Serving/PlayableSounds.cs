using System.Buffers.Binary;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Explorer.Library;
using SerLab.Features.Audio;

namespace SerLab.Explorer.Serving;

/// <summary>
/// Sounds as files that every browser plays: plain WAV as it is, all else decoded once to 16 bits, one or two channels, into a
/// temporary folder that keeps the newest few. Thread-safe.
/// </summary>
internal sealed class PlayableSounds(string folder)
{
    private const int Kept = 16;
    private const int HeaderBytes = 44;
    private const int BlockSamples = 1 << 15;

    private readonly Lock making = new();
    private readonly List<(SoundRow Row, string Path)> made = [];

    /// <summary>The path of a file that can be played.</summary>
    /// <param name="row">The row, which is another where the sound has changed.</param>
    /// <param name="sound">The sound.</param>
    /// <exception cref="InvalidInputException">It cannot be decoded.</exception>
    public string Of(SoundRow row, AudioSource sound)
    {
        if (sound is NamedFile { File: var file } && IsPlain(file))
        {
            return file;
        }

        lock (making)
        {
            int at = made.FindIndex(entry => entry.Row.Id == row.Id && entry.Row.Outline == row.Outline);
            if (at >= 0)
            {
                return made[at].Path;
            }

            string path = Path.Combine(folder, $"play-{row.Id}-{Guid.NewGuid():N}.wav");
            Decode(sound, path);
            made.Add((row, path));
            if (made.Count > Kept)
            {
                // On Windows a file that is being played stays until the folder goes.
                TryDelete(made[0].Path);
                made.RemoveAt(0);
            }

            return path;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (IOException)
        {
        }
    }

    // The form that all browsers play: integers of 8, 16 or 24 bits, one or two channels, the format first.
    private static bool IsPlain(string path)
    {
        byte[] head = new byte[36];
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length
            && head.AsSpan().StartsWith("RIFF"u8)
            && head.AsSpan(8).StartsWith("WAVEfmt "u8)
            && BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(20)) == 1
            && BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(22)) is 1 or 2
            && BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(34)) is 8 or 16 or 24;
    }

    private static void Decode(AudioSource sound, string path)
    {
        using FileStream stream = new(path, FileMode.CreateNew, FileAccess.Write);
        if (sound is not NamedFile { File: var file })
        {
            WavWriter.Write(stream, sound.Load());
            return;
        }

        using SoundReader reader = SoundReader.Open(file, sound.Name);
        int channels = Math.Min(reader.Channels, 2);
        float[] samples = new float[BlockSamples];
        byte[] bytes = new byte[2 * BlockSamples];
        stream.Write(new byte[HeaderBytes]);
        for (int count; (count = Next(reader, samples)) > 0;)
        {
            for (int i = 0; i < count; i++)
            {
                short value = (short)Math.Clamp(MathF.Round(samples[i] * 32768), short.MinValue, short.MaxValue);
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), value);
            }

            stream.Write(bytes, 0, 2 * count);
        }

        WriteHeader(stream, channels, reader.SampleRate);
    }

    private static int Next(SoundReader reader, float[] samples) =>
        reader.Channels <= 2 ? reader.ReadChannels(samples) * reader.Channels : reader.Read(samples);

    private static void WriteHeader(FileStream stream, int channels, int sampleRate)
    {
        long length = stream.Length - HeaderBytes;
        if (length > uint.MaxValue - HeaderBytes)
        {
            throw new InvalidInputException("The sound is too long to be played here: a WAV file holds at most 4 GiB.");
        }

        byte[] header = new byte[HeaderBytes];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), (uint)(length + HeaderBytes - 8));
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(20), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(22), (ushort)channels);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), sampleRate * channels * 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(32), (ushort)(channels * 2));
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(34), 16);
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(40), (uint)length);
        stream.Position = 0;
        stream.Write(header);
    }
}
