using SerLab.Features.Audio;
using Xunit;

namespace SerLab.Features.Tests.Audio;

/// <summary>A recording heard piece by piece.</summary>
public sealed class RecordingWindowTests : IDisposable
{
    private const int SampleRate = 1000;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(10_000, 2.0, 1.0)]
    [InlineData(10_300, 2.0, 1.0)]
    [InlineData(70_000, 0.7, 0.0333)]
    [InlineData(9_000, 1.0, 2.5)]
    [InlineData(2_000, 2.0, 0.5)]
    [InlineData(1_999, 2.0, 0.5)]
    [InlineData(2_001, 2.0, 0.5)]
    [InlineData(1, 0.01, 0.01)]
    public void Every_window_is_that_part_of_the_recording_and_the_last_ends_with_it(int length, double seconds, double hop)
    {
        float[] samples = Samples(length);
        int window = Math.Min(length, (int)Math.Round(seconds * SampleRate));

        RecordingWindow[] cut = Cut(samples, seconds, hop);

        int[] starts = [.. Starts(length, window, hop)];
        Assert.Equal(starts, cut.Select(piece => (int)piece.Start));
        Assert.All(cut, piece => Assert.Equal(
            samples.AsSpan((int)piece.Start, window).ToArray(), piece.Sound.Samples.ToArray()));
        Assert.Equal(length / (double)SampleRate, cut[^1].EndSeconds);
    }

    [Fact]
    public void Reading_in_blocks_of_any_size_gives_the_samples_of_the_whole_file()
    {
        string path = folder.At("sound.wav");
        WavWriter.Write(path, new AudioSignal(Samples(50_000), SampleRate));
        float[] whole = AudioFile.Read(path).Samples.ToArray();
        Random random = new(1);

        using SoundReader reader = SoundReader.Open(path);
        List<float> read = [];
        float[] block = new float[20_000];
        for (int asked, got = -1; got != 0; read.AddRange(block[..got]))
        {
            asked = random.Next(1, block.Length);
            got = reader.Read(block.AsSpan(0, asked));
            Assert.True(got == asked || read.Count + got == whole.Length);
        }

        Assert.Equal(whole, read);
        Assert.Equal(whole.Length, reader.Position);
    }

    // What the rule says, in as many words: one every hop as long as a whole one fits, and one more that ends with the recording.
    private static IEnumerable<int> Starts(int length, int window, double hop)
    {
        int last = 0;
        for (int i = 0; (int)Math.Round(i * hop * SampleRate) + window <= length; i++)
        {
            yield return last = (int)Math.Round(i * hop * SampleRate);
        }

        if (last + window < length)
        {
            yield return length - window;
        }
    }

    private static float[] Samples(int length) =>
        [.. Enumerable.Range(0, length).Select(i => (float)((i * 7919 % 65_536) - 32_768) / 32_768)];

    private RecordingWindow[] Cut(float[] samples, double seconds, double hop)
    {
        string path = folder.At("sound.wav");
        WavWriter.Write(path, new AudioSignal(samples, SampleRate));
        using SoundReader reader = SoundReader.Open(path);
        return [.. new RecordingWindows(seconds, hop).Cut(reader)];
    }
}
