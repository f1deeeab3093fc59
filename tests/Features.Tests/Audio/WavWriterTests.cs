using FsCheck.Fluent;
using SerLab.Core;
using SerLab.Features.Audio;
using Xunit;

namespace SerLab.Features.Tests.Audio;

public sealed class WavWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Sixteen_bit_samples_come_back_bit_for_bit() =>
        Prop.ForAll<short[]>(stored =>
        {
            if (stored.Length == 0)
            {
                return true;
            }

            float[] samples = [.. stored.Select(s => s / 32768f)];
            return RoundTrip(new AudioSignal(samples, 22050), WavEncoding.Pcm16).SequenceEqual(samples);
        }).Holds();

    [Fact]
    public void Float_samples_come_back_as_they_were()
    {
        float[] samples = [.. Enumerable.Range(0, 40_001).Select(i => 3 * MathF.Sin(i))];
        Assert.Equal(samples, RoundTrip(new AudioSignal(samples, 96000), WavEncoding.Float32));
    }

    [Fact]
    public void Sixteen_bits_round_to_the_nearest_step_and_clip_at_full_scale()
    {
        float[] samples = [1f, 1.5f, -1f, -7f, 0.4f / 32768, 0.6f / 32768, -0.6f / 32768];
        float[] expected = [32767f / 32768, 32767f / 32768, -1f, -1f, 0, 1f / 32768, -1f / 32768];
        Assert.Equal(expected, RoundTrip(new AudioSignal(samples, 8000), WavEncoding.Pcm16));
    }

    [Fact]
    public void The_header_of_a_16_bit_file_is_the_canonical_one()
    {
        using MemoryStream stream = new();
        WavWriter.Write(stream, new AudioSignal(new[] { 0.5f, -1f }, 16000));
        byte[] expected = WavBytes.File(
            WavBytes.Fmt(WavBytes.Pcm, 1, 16000, 16), WavBytes.Data(WavBytes.Encode(WavBytes.Pcm, 2, [16384, -32768])));
        Assert.Equal(expected, stream.ToArray());
    }

    [Fact]
    public void The_header_of_a_float_file_has_the_fact_chunk_that_the_format_asks_for()
    {
        using MemoryStream stream = new();
        WavWriter.Write(stream, new AudioSignal(new[] { 0.3f, -1f, 2f }, 16000), WavEncoding.Float32);
        byte[] expected = WavBytes.File(
            WavBytes.Chunk("fmt ", [.. WavBytes.FmtContent(WavBytes.Float, 1, 16000, 32, 4), 0, 0]),
            WavBytes.Chunk("fact", WavBytes.UInt32(3)),
            WavBytes.Data(WavBytes.Encode(WavBytes.Float, 4, [0.3f, -1f, 2f])));
        Assert.Equal(expected, stream.ToArray());
    }

    [Fact]
    public void Given_an_existing_file_then_it_is_replaced_and_nothing_else_is_left()
    {
        string path = Path.Combine(folder.Path, "a clip.wav");
        File.WriteAllText(path, "older and longer than what is written now, so that a leftover would show".PadRight(500));
        WavWriter.Write(path, new AudioSignal(new[] { 0.25f }, 8000));
        Assert.Equal([0.25f], AudioFile.Read(path).Samples.ToArray());
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Given_a_folder_that_is_missing_then_it_is_created()
    {
        string path = folder.At("none/clip.wav");
        WavWriter.Write(path, new AudioSignal(new[] { 0.25f }, 8000));
        Assert.Equal([0.25f], AudioFile.Read(path).Samples.ToArray());
    }

    [Fact]
    public void Given_a_file_in_the_place_of_the_folder_then_the_path_is_named()
    {
        folder.Write("none", "a file");
        string path = folder.At("none/clip.wav");
        InvalidInputException error =
            Assert.Throws<InvalidInputException>(() => WavWriter.Write(path, new AudioSignal(new[] { 0.25f }, 8000)));
        Assert.StartsWith($"Cannot write '{path}': ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_folder_in_the_place_of_the_file_then_the_temporary_file_goes_away()
    {
        string path = Path.Combine(folder.Path, "clip.wav");
        Directory.CreateDirectory(path);
        Assert.Throws<InvalidInputException>(() => WavWriter.Write(path, new AudioSignal(new[] { 0.25f }, 8000)));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Signals_that_the_reader_would_refuse_are_not_written()
    {
        Assert.Throws<ArgumentException>(() => RoundTrip(new AudioSignal(Array.Empty<float>(), 8000), WavEncoding.Pcm16));
        Assert.Throws<ArgumentException>(() => RoundTrip(new AudioSignal(new[] { float.NaN }, 8000), WavEncoding.Float32));
    }

    private static float[] RoundTrip(AudioSignal signal, WavEncoding encoding)
    {
        using MemoryStream stream = new();
        WavWriter.Write(stream, signal, encoding);
        AudioSignal read = Sounds.Read(stream.ToArray());
        Assert.Equal(signal.SampleRate, read.SampleRate);
        return read.Samples.ToArray();
    }
}
