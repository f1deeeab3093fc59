using SerLab.Core;

namespace SerLab.Features.Audio;

/// <summary>
/// Reads sound files. WAV is decoded in managed code; FLAC, OGG, MP3, AIFF and whatever else libsndfile reads is left to that
/// library where it is installed. The content decides what a file is, not its name. All members are safe to call from several
/// threads.
/// </summary>
public static class AudioFile
{
    /// <summary>The most channels that are mixed down; files with more are refused.</summary>
    public const int MaximumChannels = 8;

    /// <summary>The lowest sample rate that is accepted, in Hz.</summary>
    public const int MinimumSampleRate = 1_000;

    /// <summary>The highest sample rate that is accepted, in Hz.</summary>
    public const int MaximumSampleRate = 1_000_000;

    // Sixteen megabytes, a minute and a half at 44,100 Hz: decoded once, whatever the number of feature sets and of passes.
    private const int LongestInMemory = 1 << 22;

    /// <summary>
    /// Reads a whole file: channels averaged to mono, at the rate of the file. Integer samples of b bits are divided by 2^(b-1),
    /// so that full scale is [-1, 1); floating-point samples are kept as they are. A WAV file cut short is read as far as it
    /// goes; where a format has checksums (FLAC), a damaged file is refused.
    /// </summary>
    /// <param name="path">A sound file.</param>
    /// <returns>At least one sample, all finite.</returns>
    /// <exception cref="InvalidInputException">
    /// The file is missing, empty, not a sound that can be decoded, has no samples, more than <see cref="MaximumChannels"/>
    /// channels, an impossible sample rate or a sample that is NaN or infinite; or it needs libsndfile, which is not installed.
    /// </exception>
    public static AudioSignal Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using SoundReader reader = SoundReader.Open(path);
        return reader.ReadToEnd();
    }

    /// <summary>
    /// A sound file to be heard block by block, as <see cref="Read(string)"/> decodes it; what is short is decoded at once. What
    /// can only be seen further on in a long file is refused when it is heard.
    /// </summary>
    /// <param name="path">A sound file; it must stay as it is while it is heard.</param>
    /// <exception cref="InvalidInputException">The file cannot be decoded, as for <see cref="Read(string)"/>.</exception>
    public static Sound Hear(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using SoundReader reader = SoundReader.Open(path);
        return reader.ExpectedFrames <= LongestInMemory ? reader.ReadToEnd() : new SoundInFile(path, reader.SampleRate);
    }

    /// <summary>Reads a sound from a stream, as <see cref="Read(string)"/> does from a file.</summary>
    /// <param name="stream">Seekable; read from its start, left open.</param>
    /// <param name="name">The name of the sound in messages.</param>
    /// <returns>At least one sample, all finite.</returns>
    /// <exception cref="InvalidInputException">The content cannot be decoded, as for a file.</exception>
    /// <exception cref="IOException">The stream itself fails.</exception>
    public static AudioSignal Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using SoundReader reader = SoundReader.Open(stream, name);
        return reader.ReadToEnd();
    }

    /// <summary>Refuses channel counts and rates that no sound has: the sign of a damaged header.</summary>
    internal static void RequirePlausible(string name, int channels, long sampleRate)
    {
        if (channels is < 1 or > MaximumChannels)
        {
            throw UnreadableAudio.Because(name, $"its header says {channels} channels, and 1 to {MaximumChannels} are supported");
        }

        if (sampleRate is < MinimumSampleRate or > MaximumSampleRate)
        {
            throw UnreadableAudio.Because(
                name,
                $"its header says {sampleRate} samples per second, and {MinimumSampleRate} to {MaximumSampleRate} are supported");
        }
    }

    /// <summary>Opens a sound file as it lies there, from the first byte, for reading to its end.</summary>
    /// <param name="path">A file that is not empty.</param>
    /// <param name="name">What errors call it; the path by default.</param>
    /// <exception cref="InvalidInputException">
    /// The file is missing, empty, no regular file, or must not be read.
    /// </exception>
    public static FileStream Open(string path, string? name = null)
    {
        name ??= path;

        // Folders first: opening one reports "access denied", which sends people looking for the wrong thing.
        if (Directory.Exists(path))
        {
            throw UnreadableAudio.Because(name, "it is a folder, and a sound file was expected");
        }

        try
        {
            // Before it is opened: opening a pipe, whose length is 0, would wait for a writer for ever.
            if (new FileInfo(path) is { Exists: true, Length: 0 })
            {
                throw UnreadableAudio.Because(name, "it is empty (0 bytes), or a pipe or device");
            }

            FileStreamOptions options = new()
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.Read,
                Options = FileOptions.SequentialScan,
            };
            return new FileStream(path, options);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw UnreadableAudio.Because(name, "there is no such file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw UnreadableAudio.Because(name, e.Message.TrimEnd('.'), e);
        }
    }
}
