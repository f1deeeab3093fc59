using SerLab.Features.Audio;
using Xunit;

namespace SerLab.Features.Tests.Audio;

public class AudioContainerTests
{
    [Theory]
    [InlineData("664C6143", "FLAC")]
    [InlineData("4F676753", "Ogg")]
    [InlineData("494433040000", "MP3")]
    [InlineData("FFFB9064", "MP3")]
    [InlineData("464F524D0000000041494646", "AIFF")]
    [InlineData("464F524D0000000041494643", "AIFF")]
    [InlineData("0000001C667479704D344120", "MPEG-4 (M4A, MP4)")]
    [InlineData("1A45DFA3", "Matroska (WebM, MKA)")]
    [InlineData("464F524D00000000494C424D", null)]
    [InlineData("FFFFFFFF", null)]
    [InlineData("89504E47", null)]
    [InlineData("FF", null)]
    [InlineData("", null)]
    public void Formats_are_told_by_their_first_bytes(string start, string? expected) =>
        Assert.Equal(expected, AudioContainer.NameOf(Convert.FromHexString(start)));

    [Theory]
    [InlineData("52494646", true)]
    [InlineData("52463634", true)]
    [InlineData("42573634", true)]
    [InlineData("52494658", false)]
    [InlineData("524946", false)]
    public void Little_endian_RIFF_is_wav(string start, bool expected) =>
        Assert.Equal(expected, AudioContainer.IsWav(Convert.FromHexString(start)));
}
