using SerLab.Datasets.Corpora;
using Xunit;

namespace SerLab.Datasets.Tests.Corpora;

public class SourceFamiliesTests
{
    [Fact]
    public void Clips_share_a_family_when_a_chain_of_shared_sources_joins_them()
    {
        Corpus corpus = SourceFamilies.AddTo(new Corpus
        {
            Name = "chains",
            Title = "Chains",
            Licence = "none",
            Citation = "none",
            Clips = [Clip("d", "c"), Clip("b", "a"), Clip("e"), Clip("c", "b"), Clip("f", "g"), Clip("g"), Clip()],
        });

        Assert.Equal(
            ["a", "a", "e", "a", "f", "f", null], corpus.Clips.Select(clip => clip.Groups.GetValueOrDefault("family")));
        Assert.All(corpus.Clips, clip => Assert.Equal("kept", clip.Groups["other"]));
    }

    private static Clip Clip(params string[] sources) => new()
    {
        Id = string.Join(' ', sources),
        Sources = sources,
        Groups = new Dictionary<string, string> { ["other"] = "kept" },
    };
}
