using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using Xunit;

namespace SerLab.Datasets.Tests.Extraction;

public sealed class KnownDigestsTests : IDisposable
{
    private static readonly DateTime Then = new(2020, 2, 29, 12, 0, 0, DateTimeKind.Utc);
    private static readonly string First = new('a', 64);
    private static readonly string Second = new('b', 64);

    private readonly TemporaryFolder folder = new();
    private readonly FeatureCache cache;

    public KnownDigestsTests() => cache = new FeatureCache(folder.At("cache")) { Clock = new HoursAhead() };

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void A_file_that_stays_as_it_is_is_read_once()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux tells when a file changed.");
        string file = folder.Write("a.wav", "12345");

        Assert.Equal([First, First, First], [Ask(file, First), Ask(file, Second), Ask(file, Second)]);
    }

    [Fact]
    public void A_file_that_is_written_in_place_is_read_again_although_its_time_of_writing_is_set_back()
    {
        string file = folder.Write("a.wav", "12345");
        File.SetLastWriteTimeUtc(file, Then);
        Ask(file, First);

        Thread.Sleep(TimeSpan.FromMilliseconds(50));
        File.WriteAllText(file, "54321");
        File.SetLastWriteTimeUtc(file, Then);

        Assert.Equal(Second, Ask(file, Second));
    }

    [Fact]
    public void Files_of_equal_content_are_known_each_by_its_path()
    {
        Ask(folder.Write("a.wav", "12345"), First);

        Assert.Equal(Second, Ask(folder.Write("b.wav", "12345"), Second));
    }

    [Fact]
    public void A_file_that_was_written_a_moment_ago_is_read_again()
    {
        FeatureCache now = new(folder.At("cache"));
        string file = folder.Write("a.wav", "12345");

        Assert.Equal([First, Second], [Ask(file, First, now), Ask(file, Second, now)]);
    }

    [Fact]
    public void A_file_that_is_written_while_it_is_read_is_read_again()
    {
        string file = folder.Write("a.wav", "12345");
        using (KnownDigests known = cache.OpenDigests())
        {
            known.Of(file, () =>
            {
                File.AppendAllText(file, "6");
                return First;
            });
        }

        Assert.Equal(Second, Ask(file, Second));
    }

    [Fact]
    public void Why_a_file_cannot_be_read_is_said_and_not_remembered()
    {
        string file = folder.Write("a.wav", "12345");
        using KnownDigests known = cache.OpenDigests();

        Assert.Throws<InvalidInputException>(() => known.Of(file, () => throw new InvalidInputException("It is damaged.")));
        Assert.Equal(First, known.Of(file, () => First));
    }

    [Fact]
    public void Features_of_a_sound_that_was_exchanged_are_computed_anew()
    {
        string file = folder.At("a.wav");
        FeatureSet mean = new("mean", "Mean of the samples.", [], ["mean"], signal => [signal.Samples.ToArray().Average()]);
        ExtractedFeatures Extract(float sample)
        {
            WavWriter.Write(file, new AudioSignal(new float[] { sample, sample, sample, sample }, 8000), WavEncoding.Float32);
            File.SetLastWriteTimeUtc(file, Then);
            return Hear();
        }

        ExtractedFeatures Hear()
        {
            Corpus corpus = TestFeatures.CorpusOf() with
            {
                Clips = [new Clip { Id = "a", Audio = new AudioFileSource(file) }],
            };
            Thread.Sleep(TimeSpan.FromMilliseconds(50));
            return FeatureExtractor.Extract(corpus, mean, new ExtractionOptions { Cache = cache });
        }

        ExtractedFeatures[] features = [Extract(0.25f), Hear(), Extract(0.5f), Hear()];

        Assert.Equal([0, 1, 0, 1], features.Select(some => some.FromCache));
        Assert.Equal([0.25f, 0.25f, 0.5f, 0.5f], features.Select(some => some.Table.Values[0, 0]));
    }

    // Each time from the disk, as commands do.
    private string Ask(string file, string digest, FeatureCache? other = null)
    {
        using KnownDigests known = (other ?? cache).OpenDigests();
        return known.Of(file, () => digest);
    }

    /// <summary>Files that tests write were written long ago.</summary>
    private sealed class HoursAhead : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddHours(3);
    }
}
