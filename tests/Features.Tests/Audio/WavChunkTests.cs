using Xunit;
using static SerLab.Features.Tests.Audio.Sounds;
using static SerLab.Features.Tests.Audio.WavBytes;

namespace SerLab.Features.Tests.Audio;

/// <summary>Chunks in any order, of any length, honest or not.</summary>
public class WavChunkTests
{
    private static readonly float[] Expected = [0.5f, -0.5f, 0.25f, -1f];
    private static readonly byte[] Content = Encode(Pcm, 2, [16384, -16384, 8192, -32768]);
    private static readonly byte[] Format = Fmt(Pcm, 1, 16000, 16);

    [Fact]
    public void The_data_chunk_may_come_before_the_format() => Assert.Equal(Expected, Samples(File(Data(Content), Format)));

    [Fact]
    public void Unknown_chunks_are_skipped_wherever_they_are()
    {
        byte[] unknown = Chunk("zzzz", [1, 2, 3, 4]);
        byte[] filler = Chunk("FLLR", new byte[4044]);
        Assert.Equal(Expected, Samples(File(unknown, Format, filler, Data(Content), unknown)));
        Assert.Equal(Expected, Samples(File(filler, Data(Content), unknown, Format)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Odd_chunks_may_be_padded_or_not(bool pad)
    {
        byte[] odd = Chunk("LIST", [1, 2, 3, 4, 5], pad: pad);
        Assert.Equal(Expected, Samples(File(odd, Format, odd, Data(Content))));
    }

    [Fact]
    public void Given_an_odd_data_chunk_before_the_format_then_its_samples_are_all_read()
    {
        byte[] format = Fmt(Pcm, 1, 16000, 8);
        foreach (bool pad in (bool[])[true, false])
        {
            Assert.Equal([0f, 0.5f, -1f], Samples(File(Chunk("data", [128, 192, 0], pad: pad), format)));
        }
    }

    [Fact]
    public void Given_an_odd_chunk_padded_with_a_letter_then_the_padding_is_not_taken_for_a_chunk() =>
        Assert.Equal(Expected, Samples(File([.. Chunk("odd ", [1], pad: false), (byte)'X'], Format, Data(Content))));

    [Theory]
    [InlineData(0u)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(9u)]
    public void Given_a_data_size_that_was_never_filled_in_or_is_too_large_then_the_samples_go_to_the_end(uint size) =>
        Assert.Equal(Expected, Samples(File(Format, Data(Content, size))));

    [Fact]
    public void Given_a_truncated_file_then_whole_frames_are_kept()
    {
        byte[] file = File(Format, Data(Content));
        Assert.Equal(Expected[..3], Samples(file[..^2]));
        Assert.Equal(Expected[..3], Samples(file[..^1]));
    }

    [Fact]
    public void Given_an_empty_data_chunk_before_another_chunk_then_there_are_no_samples() =>
        Assert.Contains("no samples", Refusal(File(Format, Data([]), Chunk("LIST", new byte[10]))), StringComparison.Ordinal);

    [Fact]
    public void Given_an_empty_data_chunk_at_the_end_then_there_are_no_samples() =>
        Assert.Contains("no samples", Refusal(File(Format, Data([]))), StringComparison.Ordinal);

    [Theory]
    [InlineData("RF64")]
    [InlineData("BW64")]
    public void Given_64_bit_sizes_then_they_count(string riff)
    {
        byte[] sizes = [.. BitConverter.GetBytes(1000L), .. BitConverter.GetBytes((long)Content.Length), .. new byte[12]];
        byte[] file = Container(riff, Chunk("ds64", sizes), Format, Data(Content, 0xFFFFFFFF), Chunk("LIST", [1, 2, 3, 4]));
        Assert.Equal(Expected, Samples(file));
    }

    [Fact]
    public void The_first_of_two_data_chunks_counts() =>
        Assert.Equal(Expected, Samples(File(Data(Content), Data(new byte[64]), Format)));

    [Fact]
    public void Bytes_after_the_samples_are_no_samples() =>
        Assert.Equal(Expected, Samples([.. File(Format, Data(Content)), .. "TAG some old MP3 tag"u8]));
}
