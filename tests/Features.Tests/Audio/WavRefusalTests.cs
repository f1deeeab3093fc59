using Xunit;
using static SerLab.Features.Tests.Audio.Sounds;
using static SerLab.Features.Tests.Audio.WavBytes;

namespace SerLab.Features.Tests.Audio;

/// <summary>What cannot be decoded is refused in one sentence that says why.</summary>
public class WavRefusalTests
{
    private static readonly byte[] Content = new byte[64];

    [Theory]
    [InlineData(0x0002, 4, "Microsoft ADPCM (tag 0x0002)")]
    [InlineData(0x0006, 8, "A-law (tag 0x0006)")]
    [InlineData(0x0007, 8, "mu-law (tag 0x0007)")]
    [InlineData(0x0055, 0, "MP3 (tag 0x0055)")]
    [InlineData(0x1234, 16, "tag 0x1234")]
    public void A_codec_is_named_with_its_tag(int tag, int bits, string expected)
    {
        Assert.Contains(expected, Refusal(File(Fmt(tag, 1, 8000, bits), Data(Content))), StringComparison.Ordinal);
        Assert.Contains("ffmpeg", Refusal(File(Fmt(tag, 1, 8000, bits), Data(Content))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_codec_in_the_sub_format_is_named_too() => Assert.Contains(
        "mu-law", Refusal(File(FmtExtensible(7, 1, 8000, 8, 8), Data(Content))), StringComparison.Ordinal);

    [Fact]
    public void A_foreign_sub_format_is_refused_by_its_identifier()
    {
        byte[] ambisonic = [0x00, 0x00, 0x21, 0x07, 0xD3, 0x11, 0x86, 0x44, 0xC8, 0xC1, 0xCA, 0x00, 0x00, 0x00];
        string message = Refusal(File(FmtExtensible(1, 4, 48000, 16, 16, ambisonic), Data(Content)));
        Assert.Contains("00000001-0721-11d3-8644-c8c1ca000000", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0 channels")]
    [InlineData(9, "9 channels")]
    [InlineData(65535, "65535 channels")]
    public void Channel_counts_outside_1_to_8_are_refused(int channels, string expected)
    {
        byte[] format = Chunk("fmt ", FmtContent(Pcm, channels, 44100, 16, 2 * channels));
        Assert.Contains(expected, Refusal(File(format, Data(Content))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0 samples per second")]
    [InlineData(999, "999 samples per second")]
    [InlineData(-1, "4294967295 samples per second")]
    public void Rates_that_no_sound_has_are_refused(int rate, string expected) =>
        Assert.Contains(expected, Refusal(File(Fmt(Pcm, 1, rate, 16), Data(Content))), StringComparison.Ordinal);

    [Theory]
    [InlineData(Pcm, 2, 16, 3)]
    [InlineData(Pcm, 1, 16, 0)]
    [InlineData(Pcm, 1, 24, 2)]
    [InlineData(Pcm, 1, 0, 2)]
    public void Contradictions_are_refused(int tag, int channels, int bits, int blockAlign)
    {
        byte[] format = Chunk("fmt ", FmtContent(tag, channels, 44100, bits, blockAlign));
        Assert.Contains("contradicts itself", Refusal(File(format, Data(Content))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Pcm, 64)]
    [InlineData(Float, 16)]
    [InlineData(Float, 24)]
    public void Widths_that_no_decoder_knows_are_refused(int tag, int bits) =>
        Assert.Contains($"of {bits} bits", Refusal(File(Fmt(tag, 1, 44100, bits), Data(Content))), StringComparison.Ordinal);

    [Fact]
    public void More_valid_bits_than_bits_are_refused() =>
        Assert.Contains(
            "24 valid bits", Refusal(File(FmtExtensible(1, 1, 44100, 16, 24), Data(Content))), StringComparison.Ordinal);

    [Fact]
    public void Missing_chunks_are_named()
    {
        Assert.Contains("no 'data' chunk", Refusal(File(Fmt(Pcm, 1, 44100, 16))), StringComparison.Ordinal);
        Assert.Contains("no 'fmt ' chunk", Refusal(File(Data(Content))), StringComparison.Ordinal);
        Assert.Contains("no 'fmt ' chunk", Refusal(File()), StringComparison.Ordinal);
    }

    [Fact]
    public void Short_headers_are_refused()
    {
        Assert.Contains("RIFF header", Refusal([.. "RIFF"u8]), StringComparison.Ordinal);
        Assert.Contains("'fmt ' chunk has 14 bytes", Refusal(File(Chunk("fmt ", new byte[14]))), StringComparison.Ordinal);
        byte[] extensible = Chunk("fmt ", FmtContent(Extensible, 1, 44100, 16, 2));
        Assert.Contains("has 16 bytes, and 40", Refusal(File(extensible, Data(Content))), StringComparison.Ordinal);
    }

    [Fact]
    public void Films_and_pictures_are_refused_by_their_type() =>
        Assert.Contains("type 'WEBP'", Refusal([.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8 "u8]), StringComparison.Ordinal);
}
