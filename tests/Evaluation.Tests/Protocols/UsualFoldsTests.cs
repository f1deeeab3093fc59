using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Protocols;
using Xunit;

namespace SerLab.Evaluation.Tests.Protocols;

public class UsualFoldsTests
{
    [Theory]
    [InlineData(40, 5, 5)]
    [InlineData(40, 25, 10)]
    [InlineData(40, 1, 2)]
    public void Of_rated_clips_there_are_as_many_as_groups_up_to_ten(int clips, int speakers, int expected) =>
        Assert.Equal(expected, UsualFolds.Of(Rated(clips, speakers) with { DefaultGroup = "speaker" }));

    [Fact]
    public void A_group_that_is_asked_for_counts_and_clips_without_one_are_groups_of_their_own()
    {
        Corpus corpus = Rated(12, 3);
        corpus = corpus with { Clips = [.. corpus.Clips.Take(8), .. corpus.Clips.Skip(8).Select(Alone)] };

        Assert.Equal(10, UsualFolds.Of(corpus));
        Assert.Equal(7, UsualFolds.Of(corpus, "speaker"));
    }

    [Fact]
    public void Of_classed_clips_there_are_no_more_than_the_rarest_class_has()
    {
        Corpus corpus = Rated(20, 20);
        corpus = corpus with
        {
            Targets = [],
            Classes = ["rare", "usual"],
            Clips = [.. corpus.Clips.Select((clip, i) => clip with { Label = i < 4 ? "rare" : "usual" })],
        };

        Assert.Equal(4, UsualFolds.Of(corpus));
    }

    private static Clip Alone(Clip clip) => clip with { Groups = new Dictionary<string, string>() };

    private static Corpus Rated(int clips, int speakers) => new()
    {
        Name = "test",
        Title = "Test",
        Licence = "none",
        Citation = "none",
        Targets = ["valence"],
        Clips =
        [
            .. Enumerable.Range(0, clips).Select(i => new Clip
            {
                Id = $"clip{i}",
                Groups = new Dictionary<string, string> { ["speaker"] = $"speaker{i % speakers}" },
            }),
        ],
    };
}
