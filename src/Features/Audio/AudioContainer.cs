namespace SerLab.Features.Audio;

/// <summary>Recognises container formats by their first bytes.</summary>
internal static class AudioContainer
{
    /// <summary>How many bytes from the start of a file are looked at.</summary>
    public const int SignatureLength = 12;

    /// <summary>
    /// Whether the file claims to be a little-endian RIFF, RF64 or BW64, which <see cref="WavReader"/> takes (and refuses where
    /// the content is a film or a picture).
    /// </summary>
    public static bool IsWav(ReadOnlySpan<byte> start) =>
        start.StartsWith("RIFF"u8) || start.StartsWith("RF64"u8) || start.StartsWith("BW64"u8);

    /// <summary>
    /// Whether the file claims to be a big-endian RIFF. Those are as good as extinct, and damaged ones keep libsndfile busy for
    /// ever, within the library, where nothing can stop it.
    /// </summary>
    public static bool IsBigEndianWav(ReadOnlySpan<byte> start) => start.StartsWith("RIFX"u8);

    /// <summary>The usual name of the format, or <see langword="null"/> where the bytes are those of no sound format.</summary>
    public static string? NameOf(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("fLaC"u8))
        {
            return "FLAC";
        }

        if (start.StartsWith("OggS"u8))
        {
            return "Ogg";
        }

        if (start.StartsWith("ID3"u8) || IsMpegFrame(start))
        {
            return "MP3";
        }

        if (start.StartsWith("FORM"u8) && start.Length >= 12 && start[8..].StartsWith("AIF"u8))
        {
            return "AIFF";
        }

        if (start.StartsWith("caff"u8))
        {
            return "CAF";
        }

        if (start.StartsWith(".snd"u8))
        {
            return "AU";
        }

        if (start.StartsWith("riff"u8))
        {
            return "W64";
        }

        if (start.StartsWith("wvpk"u8))
        {
            return "WavPack";
        }

        if (start.Length >= 8 && start[4..].StartsWith("ftyp"u8))
        {
            return "MPEG-4 (M4A, MP4)";
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
        {
            return "Matroska (WebM, MKA)";
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0x30, 0x26, 0xB2, 0x75]))
        {
            return "Windows Media (WMA)";
        }

        return null;
    }

    // Eleven set bits, then a version, layer, bit rate and sample rate that are not the reserved ones.
    private static bool IsMpegFrame(ReadOnlySpan<byte> start) =>
        start.Length >= 3 && start[0] == 0xFF && (start[1] & 0xE0) == 0xE0 && (start[1] & 0x18) != 0x08 && (start[1] & 0x06) != 0
        && (start[2] & 0xF0) != 0xF0 && (start[2] & 0x0C) != 0x0C;
}
