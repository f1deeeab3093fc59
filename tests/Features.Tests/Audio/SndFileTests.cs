using System.Buffers.Binary;
using SerLab.Core;
using SerLab.Features.Audio;
using Xunit;

namespace SerLab.Features.Tests.Audio;

/// <summary>Other formats: through libsndfile where it is installed, with the way to install it where not.</summary>
public class SndFileTests
{
    [Fact]
    public void Given_no_library_then_the_message_says_how_to_install_it_on_every_system()
    {
        Assert.Null(SndFileLibrary.TryLoad(["libserlab-does-not-exist.so.1", "serlab-does-not-exist.dll"]));
        using MemoryStream stream = new([.. "fLaC"u8, 0, 0, 0, 0]);
        string message =
            Assert.Throws<InvalidInputException>(() => SndFileReader.Open(stream, "a.flac", "FLAC", library: null)).Message;
        Assert.StartsWith(
            "Cannot read 'a.flac': it is FLAC, which needs libsndfile; install it", message, StringComparison.Ordinal);
        Assert.All(
            (string[])["apt-get install libsndfile1", "brew install libsndfile", "sndfile.dll"],
            part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [SkippableFact]
    public void Sixteen_bit_samples_equal_those_of_a_wav_file()
    {
        RequireLibrary();
        short[] stored = [.. Enumerable.Range(0, 50_000).Select(i => (short)((i * 7919 % 65536) - 32768))];
        float[] expected = Sounds.Samples(WavBytes.File(
            WavBytes.Fmt(WavBytes.Pcm, 2, 44100, 16),
            WavBytes.Data(WavBytes.Encode(WavBytes.Pcm, 2, stored.Select(s => (double)s)))));
        AudioSignal read = Sounds.Read(Au(3, 44100, 2, [.. stored.SelectMany(BigEndian)]));
        Assert.Equal(44100, read.SampleRate);
        Assert.Equal(expected, read.Samples.ToArray());
    }

    [Fact]
    public void A_big_endian_wav_file_is_refused_before_libsndfile_is_asked()
    {
        // A damaged one keeps libsndfile 1.2.2 busy for ever.
        byte[] damaged =
        [
            .. "RIFX"u8, 0xB0, 1, 0, 0, .. "WAVELIST"u8, 0x10, 0, 0, 0, 3, 0, 2, 0, 0xFF, 0xFF, 0xFF, 0xF7, 0, 0xE8, 3, 0, 0x10,
            0, 0x40, 0, .. "LIST"u8, 4, 0, 0, 0, .. "INFOdata"u8, 0x80, 1, 0, 0, .. new byte[384],
        ];

        Assert.Contains("big-endian WAV (RIFX), which is not read", Sounds.Refusal(damaged), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_damaged_file_that_leads_before_its_own_start_is_no_failure_of_the_stream()
    {
        RequireLibrary();

        // W64 whose chunk of samples has a length far below zero.
        byte[] damaged = Convert.FromHexString(
            "726966662e91cf11a5d628db04c10000e80c00000000000077617665f3acd3118cd100c04f8edb8a"
            + "666d7420f3acd3118cd100c04f8edb8a2800000000"
            + "00000001000100803e0000007d00000200100064617461f3acd3118cd100c04f8edb8a3fc0c0c48bcec2dc");

        Exception? error = Record.Exception(() => Sounds.Read(damaged));

        Assert.True(error is null or InvalidInputException, $"{error}");
    }

    [SkippableFact]
    public void A_file_is_read_whatever_its_name()
    {
        RequireLibrary();
        using TemporaryFolder folder = new();
        string path = folder.At("Müller — grüßt 東京 🎵.snd");
        File.WriteAllBytes(path, Au(3, 8000, 1, [0x40, 0x00, 0xE0, 0x00]));
        Assert.Equal([0.5f, -0.25f], AudioFile.Read(path).Samples.ToArray());
    }

    [SkippableFact]
    public void Files_can_be_decoded_and_refused_from_many_threads_at_once()
    {
        RequireLibrary();
        Parallel.For(0, 200, i =>
        {
            short[] stored = [.. Enumerable.Range(0, 3_000).Select(n => (short)((n * (i + 1)) % 1000))];
            float[] read = Sounds.Samples(Au(3, 16000, 1, [.. stored.SelectMany(BigEndian)]));
            Assert.Equal(stored.Select(s => s / 32768f), read);
            Assert.Contains("cannot open it (", Sounds.Refusal([.. "fLaC"u8, .. new byte[100]]), StringComparison.Ordinal);
        });
    }

    [SkippableFact]
    public void What_is_no_sound_is_refused_with_the_reason_of_the_library()
    {
        RequireLibrary();
        string message = Sounds.Refusal([.. "clip,valence\na.wav,0.5\n"u8]);
        Assert.Contains(
            $"it is not a sound file that {SndFileLibrary.Installed!.Version} knows (", message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Given_a_format_beyond_the_library_then_it_is_named()
    {
        RequireLibrary();
        byte[] m4a = [0, 0, 0, 0x1C, .. "ftypM4A "u8, .. new byte[200]];
        Assert.Contains("it is MPEG-4 (M4A, MP4), and libsndfile", Sounds.Refusal(m4a), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_sample_that_is_not_a_finite_number_is_refused()
    {
        RequireLibrary();
        string message = Sounds.Refusal(Au(6, 8000, 1, [0, 0, 0, 0, 0x7F, 0xC0, 0, 0]));
        Assert.Contains("sample 1 (at 0.000 s) is not a finite number", message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Given_nine_channels_then_the_file_is_refused()
    {
        RequireLibrary();
        Assert.Contains("9 channels", Sounds.Refusal(Au(3, 8000, 9, new byte[180])), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Given_no_samples_then_the_file_is_refused()
    {
        RequireLibrary();
        Assert.Contains("no samples", Sounds.Refusal(Au(3, 8000, 1, [])), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Given_a_stream_that_fails_then_its_error_comes_through()
    {
        RequireLibrary();
        using FailingStream stream = new(Au(3, 8000, 1, new byte[100_000]));
        Assert.Equal("the disk is gone", Assert.Throws<IOException>(() => AudioFile.Read(stream, "a.au")).Message);
    }

    private static void RequireLibrary() =>
        Skip.If(SndFileLibrary.Installed is null, "libsndfile is not installed (Debian, Ubuntu: apt-get install libsndfile1)");

    /// <summary>A Sun/NeXT AU file: encoding 3 is 16-bit integers, 6 is 32-bit floats, all big-endian.</summary>
    private static byte[] Au(int encoding, int rate, int channels, byte[] content)
    {
        byte[] file = [.. ".snd"u8, .. new byte[20], .. content];
        int[] fields = [24, content.Length, encoding, rate, channels];
        for (int i = 0; i < fields.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + (4 * i)), fields[i]);
        }

        return file;
    }

    private static byte[] BigEndian(short value) => [(byte)(value >> 8), (byte)value];

    private sealed class FailingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) =>
            Position + buffer.Length > 50_000 ? throw new IOException("the disk is gone") : base.Read(buffer);
    }
}
