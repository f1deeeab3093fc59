using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Datasets.Tests.Corpora;

public sealed class RavdessCorpusTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Speech_and_song_load_from_actor_folders_or_flat()
    {
        folder.Write("Actor_12/03-01-06-01-02-01-12.wav", "a");
        folder.Write("Actor_01/03-02-02-02-01-02-01.FLAC", "b");
        folder.Write("03-01-01-01-01-01-03.wav", "c");

        Corpus corpus = RavdessCorpus.Load(folder.Root);

        Assert.Equal(
            ["03-02-02-02-01-02-01", "03-01-01-01-01-01-03", "03-01-06-01-02-01-12"], corpus.Clips.Select(c => c.Id));
        Assert.Equal(["neutral", "calm", "fearful"], corpus.Classes);
        Assert.Equal("emotion", corpus.ClassName);
        Clip sung = corpus.Clips[0];
        Assert.Equal("calm", sung.Label);
        Assert.Equal(
            [
                "channel=song", "intensity=strong", "recording=03-02-02-02-01-02-01", "repetition=2", "sex=male", "speaker=01",
                "statement=1",
            ],
            sung.Groups.Select(g => $"{g.Key}={g.Value}").Order());
        Assert.Equal("female", corpus.Clips[2].Groups["sex"]);
        Assert.Equal("speaker", corpus.DefaultGroup);
        Assert.Equal("librosa180", corpus.DefaultFeatureSet);
    }

    [Fact]
    public void Files_with_video_are_left_out_and_counted()
    {
        folder.Write("03-01-06-01-02-01-12.wav", "a");
        folder.Write("01-01-06-01-02-01-12.wav", "b");
        folder.Write("02-01-06-01-02-01-12.mp4", "c");
        folder.Write("._03-01-06-01-02-01-12.wav", "hidden");
        folder.Write("readme.txt", "d");

        Corpus corpus = RavdessCorpus.Load(folder.Root);

        Assert.Single(corpus.Clips);
        Assert.Contains(corpus.Notes, note => note.StartsWith("2 files", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("03-01-09-01-02-01-12.wav", "unknown emotion code 09")]
    [InlineData("03-01-00-01-02-01-12.wav", "unknown emotion code 00")]
    [InlineData("03-01-06-01-02-01-25.wav", "unknown actor code 25")]
    [InlineData("03-01-06-01-02-01.wav", "seven two-digit codes")]
    [InlineData("happy.wav", "seven two-digit codes")]
    public void A_name_outside_the_grammar_is_refused_by_name(string name, string reason)
    {
        string path = folder.Write(name, "a");

        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => RavdessCorpus.Load(folder.Root));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_copies_of_the_corpus_in_one_folder_are_refused()
    {
        folder.Write("Actor_12/03-01-06-01-02-01-12.wav", "a");
        folder.Write("again/Actor_12/03-01-06-01-02-01-12.wav", "a");

        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => RavdessCorpus.Load(folder.Root));

        Assert.Contains("twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_clips_says_what_was_expected()
    {
        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => RavdessCorpus.Load(folder.Root));

        Assert.Contains("03-01-06-01-02-01-12.wav", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Data", "real")]
    public void The_real_speech_has_1440_clips_in_balance_and_one_identical_pair()
    {
        Corpus corpus = RavdessCorpus.Load(ReferenceData.Require("data", "ravdess-speech"));

        Assert.Equal(1440, corpus.Clips.Count);
        Assert.Equal(
            ["neutral 96", "calm 192", "happy 192", "sad 192", "angry 192", "fearful 192", "disgust 192", "surprised 192"],
            corpus.CountPerClass().Select(c => $"{c.Key} {c.Value}"));
        Assert.All(corpus.Clips.GroupBy(c => c.Groups["speaker"]), actor => Assert.Equal(60, actor.Count()));
        Assert.Equal(24, corpus.Clips.Select(c => c.Groups["speaker"]).Distinct().Count());
        IGrouping<string, Clip> pair = Assert.Single(corpus.Clips.GroupBy(c => c.Groups["recording"]), g => g.Count() > 1);
        Assert.Equal(["03-01-03-01-02-01-07", "03-01-03-01-02-02-07"], pair.Select(c => c.Id));
        Assert.Contains(
            corpus.Notes, note => note.Contains("03-01-03-01-02-02-07 = 03-01-03-01-02-01-07", StringComparison.Ordinal));
    }

    [SkippableFact]
    [Trait("Data", "real")]
    public void The_real_originals_load_as_wav()
    {
        Corpus corpus = RavdessCorpus.Load(ReferenceData.Require("data", "ravdess-speech-wav"));

        Assert.Equal(9, corpus.Clips.Count);
        Assert.Equal(8, corpus.Clips.Select(c => c.Groups["recording"]).Distinct().Count());
        Assert.All(corpus.Clips, clip => Assert.Equal(48_000, clip.Audio!.Load().SampleRate));
    }
}
