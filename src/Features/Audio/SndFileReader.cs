namespace SerLab.Features.Audio;

/// <summary>Decodes whatever libsndfile can: FLAC, Ogg Vorbis and Opus, MP3 (from 1.1), AIFF, CAF, AU, W64 and more.</summary>
internal sealed class SndFileReader : SoundReader
{
    // The most that is allocated because a header says so; more is made room for when the decoder yields more.
    private const int TrustedFramesPerByte = 8;

    private const string HowToInstall =
        "install it (Debian, Ubuntu: apt-get install libsndfile1; macOS: brew install libsndfile; Windows: sndfile.dll from "
        + "https://github.com/libsndfile/libsndfile/releases on the PATH) or convert the file to WAV";

    private readonly SndFileHandle sound;

    private SndFileReader(SndFileHandle sound, string name, long bytes) : base(name, sound.Channels, sound.SampleRate)
    {
        this.sound = sound;
        ExpectedFrames = Math.Clamp(sound.PromisedFrames, 1, Math.Min(bytes * TrustedFramesPerByte, Array.MaxLength - 2));
    }

    internal override long ExpectedFrames { get; }

    /// <summary>Opens a sound.</summary>
    /// <param name="stream">Seekable.</param>
    /// <param name="name">The file, for messages.</param>
    /// <param name="format">What the file seems to be, or <see langword="null"/>.</param>
    /// <param name="library">The library, or <see langword="null"/> where it is not installed.</param>
    public static SndFileReader Open(Stream stream, string name, string? format, SndFileLibrary? library)
    {
        string formatClause = format is null ? "it is not WAV" : $"it is {format}";
        if (library is null)
        {
            throw UnreadableAudio.Because(name, $"{formatClause}, which needs libsndfile; {HowToInstall}");
        }

        SndFileHandle sound = SndFileHandle.Open(library, stream, out string reason);
        try
        {
            if (sound.IsInvalid)
            {
                throw UnreadableAudio.Because(
                    name,
                    format is null
                        ? $"it is not a sound file that {library.Version} knows ({reason})"
                        : $"{formatClause}, and {library.Version} cannot open it ({reason}); get it again, or convert it to WAV");
            }

            AudioFile.RequirePlausible(name, sound.Channels, sound.SampleRate);
            return new SndFileReader(sound, name, stream.Length);
        }
        catch
        {
            sound.Dispose();
            throw;
        }
    }

    // Asked after every read: the library forgets an error at the next one, and a damaged frame becomes silence or is left out.
    private protected override int Decode(Span<float> interleaved)
    {
        int frames = sound.Read(interleaved);
        return sound.Error is string error
            ? throw UnreadableAudio.Because(Name, $"it is damaged after {Position} samples ({error})")
            : frames;
    }

    private protected override void RequireComplete()
    {
        if (sound.HasExactLength && Position < sound.PromisedFrames)
        {
            throw UnreadableAudio.Because(
                Name, $"it is damaged: its header promises {sound.PromisedFrames} samples, and {Position} can be decoded");
        }
    }

    private protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            sound.Dispose();
        }

        base.Dispose(disposing);
    }
}
