using SerLab.Core;
using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Synthetic;
using Xunit;

namespace SerLab.Datasets.Tests.Corpora;

public sealed class CorpusExportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_written_is_read_back_as_the_same_corpus()
    {
        Corpus written = SyntheticSoundscapes.Create(new SyntheticOptions { Clips = 30, Seconds = 0.5, SampleRate = 8000 });

        CorpusExport.Write(written, folder["clips"]);
        Corpus read = CorpusLibrary.Load(folder["clips"], folder["data"]);

        Assert.True(read.IsSynthetic);
        Assert.Equal((written.Name, written.Title, written.Licence), (read.Name, read.Title, read.Licence));
        Assert.Equal(written.Targets, read.Targets);
        Assert.Equal("family", read.DefaultGroup);
        Assert.Equal(30, read.Clips.Count);
        foreach ((Clip before, Clip after) in written.Clips.Zip(read.Clips))
        {
            Assert.Equal(before.Id, Path.GetFileNameWithoutExtension(after.Id));
            Assert.Equal(before.Ratings.OrderBy(r => r.Key), after.Ratings.OrderBy(r => r.Key));
            Assert.All(before.Groups, group => Assert.Equal(group.Value, after.Groups[group.Key]));
            float[] samples = before.Audio!.Load().Samples.ToArray();
            Assert.All(
                samples.Zip(after.Audio!.Load().Samples.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1f / 32767));
        }
    }

    [Fact]
    public void Classes_and_names_with_quotes_and_commas_come_back()
    {
        Corpus written = new()
        {
            Name = "it's",
            Title = "It's, a \"corpus\": #1",
            Licence = "none",
            Citation = "no one's",
            Classes = ["very, sad", "o'happy"],
            ClassName = "mood: \"inner\", or so",
            Clips =
            [
                .. new[] { "very, sad", "o'happy" }.Select(label => new Clip
                {
                    Id = label[..2],
                    Label = label,
                    Audio = new TestSound(label, 8000),
                    Groups = new Dictionary<string, string> { ["speaker"] = $"=1+{label}" },
                }),
            ],
        };

        CorpusExport.Write(written, folder["clips"]);
        Corpus read = CorpusLibrary.Load(folder["clips"], folder["data"]);

        Assert.False(read.IsSynthetic);
        Assert.Equal((written.Name, written.Title), (read.Name, read.Title));
        Assert.Equal(written.Classes, read.Classes);
        Assert.Equal(written.ClassName, read.ClassName);
        Assert.Equal(written.Clips.Select(clip => clip.Label), read.Clips.Select(clip => clip.Label));
        Assert.Equal(
            written.Clips.Select(clip => clip.Groups["speaker"]), read.Clips.Select(clip => clip.Groups["speaker"]));
    }

    [Fact]
    public void An_export_that_was_stopped_is_finished_by_the_same_and_by_no_other()
    {
        SyntheticOptions options = new() { Clips = 30, Seconds = 0.5, SampleRate = 8000 };
        CorpusExport.Write(SyntheticSoundscapes.Create(options), folder["clips"]);
        byte[] first = File.ReadAllBytes(Directory.GetFiles(folder["clips"], "*.wav")[0]);
        string[] files = [.. Directory.GetFiles(folder["clips"]).Order()];
        AssertRefused(options);

        File.Delete(folder["clips/corpus.yaml"]);
        File.WriteAllText(files.First(file => file.EndsWith(".wav", StringComparison.Ordinal)), "half");
        folder.Write($"clips/labels.csv.{Guid.NewGuid():N}.serlab-tmp", "half");
        AssertRefused(options with { Seed = options.Seed + 1, Clips = 60 });
        CorpusExport.Write(SyntheticSoundscapes.Create(options), folder["clips"]);

        Assert.Equal(files, Directory.GetFiles(folder["clips"]).Order());
        Assert.Equal(first, File.ReadAllBytes(Directory.GetFiles(folder["clips"], "*.wav")[0]));

        void AssertRefused(SyntheticOptions other) => Assert.Throws<InvalidInputException>(
            () => CorpusExport.Write(SyntheticSoundscapes.Create(other), folder["clips"]));
    }

    [Fact]
    public void A_folder_that_holds_something_is_left_alone()
    {
        folder.Write("clips/mine.txt", "mine");

        string message = Assert.Throws<InvalidInputException>(
            () => CorpusExport.Write(SyntheticSoundscapes.Create(), folder["clips"])).Message;

        Assert.EndsWith("is not empty; name a folder that is, or one that is not there yet.", message, StringComparison.Ordinal);
        Assert.Equal([folder["clips/mine.txt"]], Directory.GetFiles(folder["clips"]));
    }
}
