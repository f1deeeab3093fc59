using SerLab.Features.Audio;
using Xunit;
using static SerLab.Features.Tests.Audio.WavBytes;

namespace SerLab.Features.Tests.Audio;

/// <summary>Every width, channel count and container decodes to the values its definition gives.</summary>
public class WavEncodingTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(32)]
    public void Integers_are_divided_by_their_full_scale_whatever_the_length(int bits)
    {
        double fullScale = Math.Pow(2, bits - 1);
        foreach (int length in (int[])[1, 2, 3, 5, 15, 16, 17, 33, 64, 70_001])
        {
            // Extremes first, then values that walk through the whole range.
            double[] stored = [.. Enumerable.Range(0, length).Select(i => i switch
            {
                0 => -fullScale,
                1 => fullScale - 1,
                2 => 0,
                3 => -1,
                _ => Math.Floor((i * 0.6180339887 % 1 * 2 * fullScale) - fullScale),
            })];
            float[] expected = [.. stored.Select(s => (float)(s / fullScale))];
            Assert.Equal(expected, Samples(File(Fmt(Pcm, 1, 16000, bits), Data(Encode(Pcm, bits / 8, stored)))));
        }
    }

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public void Floats_are_kept_even_beyond_full_scale(int bits)
    {
        double[] stored = [.. Enumerable.Range(0, 20_011).Select(i => 1.7 * Math.Sin(i)), 0, -0.0, 1e-40, 1, -1];
        float[] expected = [.. stored.Select(s => (float)s)];
        Assert.Equal(expected, Samples(File(Fmt(Float, 1, 16000, bits), Data(Encode(Float, bits / 8, stored)))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(8)]
    public void Channels_are_averaged(int channels)
    {
        const int frames = 9_001;
        double[] stored = [.. Enumerable.Range(0, frames * channels).Select(i => (double)((i * 7919 % 65536) - 32768))];
        float[] mono = Samples(File(Fmt(Pcm, channels, 44100, 16), Data(Encode(Pcm, 2, stored))));
        Assert.Equal(frames, mono.Length);
        for (int frame = 0; frame < frames; frame++)
        {
            double mean = stored.Skip(frame * channels).Take(channels).Average() / 32768;
            Assert.Equal(mean, mono[frame], 1e-7);
        }
    }

    [Fact]
    public void Opposite_channels_cancel_exactly()
    {
        double[] stored = [.. Enumerable.Range(0, 5_000).SelectMany(i => (double[])[i, -i])];
        Assert.All(Samples(File(Fmt(Pcm, 2, 44100, 24), Data(Encode(Pcm, 3, stored)))), sample => Assert.Equal(0, sample));
    }

    [Theory]
    [InlineData(Pcm, 16, 16)]
    [InlineData(Pcm, 24, 20)]
    [InlineData(Pcm, 32, 24)]
    [InlineData(Float, 32, 32)]
    [InlineData(Float, 64, 64)]
    public void Extensible_files_decode_as_their_sub_format(int tag, int bits, int validBits)
    {
        double scale = tag == Pcm ? Math.Pow(2, bits - 1) : 1;
        double[] stored = [0.5 * scale, -0.25 * scale, 0, 0.125 * scale];
        byte[] file = File(FmtExtensible(tag, 2, 48000, bits, validBits), Data(Encode(tag, bits / 8, stored)));
        Assert.Equal([0.125f, 0.0625f], Samples(file));
    }

    [Fact]
    public void Given_24_bits_in_4_bytes_then_the_container_sets_the_scale() =>
        Assert.Equal([0.5f], Samples(File(Fmt(Pcm, 1, 48000, 24, container: 4), Data(Encode(Pcm, 4, [Math.Pow(2, 30)])))));

    [Fact]
    public void Given_12_bits_in_2_bytes_then_the_container_sets_the_scale() =>
        Assert.Equal([-0.5f], Samples(File(Fmt(Pcm, 1, 48000, 12), Data(Encode(Pcm, 2, [-16384])))));

    [Fact]
    public void The_sample_rate_is_that_of_the_header() =>
        Assert.Equal(22050, Read(File(Fmt(Pcm, 1, 22050, 8), Data([1, 2, 3]))).SampleRate);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    public void A_sample_that_is_not_a_finite_float_is_refused_by_position_and_time(double bad)
    {
        double[] stored = new double[48000];
        stored[24001] = bad;
        string message = Sounds.Refusal(File(Fmt(Float, 2, 48000, 64), Data(Encode(Float, 8, stored))));
        Assert.Contains("sample 12000 (at 0.250 s) is not a finite number", message, StringComparison.Ordinal);
    }

    private static float[] Samples(byte[] bytes) => Sounds.Samples(bytes);

    private static AudioSignal Read(byte[] bytes) => Sounds.Read(bytes);
}
