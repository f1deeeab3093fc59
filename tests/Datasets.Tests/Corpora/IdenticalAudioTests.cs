using SerLab.Datasets.Corpora;
using Xunit;

namespace SerLab.Datasets.Tests.Corpora;

public class IdenticalAudioTests
{
    [Fact]
    public void Identical_sounds_unite_the_groups_they_are_in_transitively()
    {
        // a1 = b1 and b2 = c1, so that a, b and c become one group although a and c share no sound.
        Corpus corpus =
            CorpusOf(("a1", "a", "x"), ("a2", "a", "y"), ("b1", "b", "x"), ("b2", "b", "z"), ("c1", "c", "z"), ("d1", "d", "w"));

        Corpus merged = IdenticalAudio.Merge(corpus);

        Assert.Equal(["a+b+c", "a+b+c", "a+b+c", "a+b+c", "a+b+c", "d"], merged.Clips.Select(c => c.Groups["speaker"]));
        Assert.Equal(["a1", "a2", "a1", "b2", "b2", "d1"], merged.Clips.Select(c => c.Groups["recording"]));
        Assert.Equal(
            "2 clips are byte-identical to another (b1 = a1, c1 = b2); identical sounds share a group.",
            Assert.Single(merged.Notes));
    }

    [Fact]
    public void Another_kind_of_group_can_be_united()
    {
        Corpus merged =
            IdenticalAudio.Merge(CorpusOf(("a1", "a", "x"), ("b1", "b", "x")) with { DefaultGroup = null }, "speaker");

        Assert.All(merged.Clips, clip => Assert.Equal("a+b", clip.Groups["speaker"]));
    }

    [Fact]
    public void Without_copies_nothing_changes_but_the_recording()
    {
        Corpus merged = IdenticalAudio.Merge(CorpusOf(("a1", "a", "x"), ("b1", "b", "y")));

        Assert.Equal(["a", "b"], merged.Clips.Select(c => c.Groups["speaker"]));
        Assert.Equal(["a1", "b1"], merged.Clips.Select(c => c.Groups["recording"]));
        Assert.Empty(merged.Notes);
    }

    [Fact]
    public void Identical_sounds_have_the_sources_of_both()
    {
        Corpus corpus = CorpusOf(("a1", "a", "x"), ("b1", "b", "x"), ("c1", "c", "y"));

        Corpus merged =
            IdenticalAudio.Merge(corpus with { Clips = [.. corpus.Clips.Select(c => c with { Sources = [$"s{c.Id}"] })] });

        Assert.Equal(["sa1 sb1", "sa1 sb1", "sc1"], merged.Clips.Select(c => string.Join(' ', c.Sources)));
    }

    [Fact]
    public void Files_are_compared_by_content()
    {
        using TemporaryFolder folder = new();
        string[] contents = ["same", "else", "same", "longer than the others"];
        Corpus corpus = CorpusOf() with
        {
            Clips =
            [
                .. contents.Select(
                    (text, i) => new Clip { Id = $"{i}", Audio = new AudioFileSource(folder.Write($"{i}.wav", text)) }),
                new Clip { Id = "no sound" },
            ],
            DefaultGroup = null,
        };

        Corpus merged = IdenticalAudio.Merge(corpus);

        Assert.Equal(["0", "1", "0", "3", null], merged.Clips.Select(c => c.Groups.GetValueOrDefault("recording")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_000)]
    [InlineData(19_999)]
    public void Files_that_differ_in_one_byte_are_two(int place)
    {
        using TemporaryFolder folder = new();
        byte[] bytes = new byte[20_000];
        new Random(1).NextBytes(bytes);
        byte[] other = [.. bytes];
        other[place] ^= 1;
        byte[][] contents = [bytes, other, bytes];
        Corpus corpus = CorpusOf() with
        {
            Clips =
            [
                .. contents.Select((content, i) => new Clip { Id = $"{i}", Audio = FileOf(folder.At($"{i}.wav"), content) }),
            ],
            DefaultGroup = null,
        };

        Assert.Equal(["0", "1", "0"], IdenticalAudio.Merge(corpus).Clips.Select(c => c.Groups["recording"]));
    }

    private static AudioFileSource FileOf(string path, byte[] content)
    {
        File.WriteAllBytes(path, content);
        return new AudioFileSource(path);
    }

    private static Corpus CorpusOf(params (string Id, string Speaker, string Content)[] clips) => new()
    {
        Name = "test",
        Title = "Test",
        Licence = "none",
        Citation = "none",
        DefaultGroup = "speaker",
        Clips =
        [
            .. clips.Select(c => new Clip
            {
                Id = c.Id,
                Audio = new TestSound(c.Content),
                Groups = new Dictionary<string, string> { ["speaker"] = c.Speaker },
            }),
        ],
    };
}
