using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Datasets.Tests.Corpora;

public class EmoSoundscapesNameTests
{
    [Theory]
    [InlineData("r_0human150850_826206-hq.wav", "original", "human", "freesound#150850", 0)]
    [InlineData("r_1mechanical163683_2843367-hq.wav", "original", "mechanical", "freesound#163683", 0)]
    [InlineData("mix_between_human_indicator_1-12_1-6.wav", "mix-between", "human indicator", "human#1 indicator#1", 12, 6)]
    [InlineData("mix_within_society_2-6_5-6.wav", "mix-within", "society", "society#2 society#5", 6, 6)]
    [InlineData(
        "mix_between_human_indicator_mechanical_1-12_1-12_1-6.wav",
        "mix-between",
        "human indicator mechanical",
        "human#1 indicator#1 mechanical#1",
        12, 12, 6)]
    [InlineData("mix_within_quiet_1-6_2-12_4-6.wav", "mix-within", "quiet", "quiet#1 quiet#2 quiet#4", 6, 12, 6)]
    public void A_name_tells_kind_classes_and_constituents(
        string name, string kind, string classes, string constituents, params int[] attenuations)
    {
        EmoSoundscapesName parsed = EmoSoundscapesName.Parse(name);

        Assert.Equal(kind, parsed.Kind);
        Assert.Equal(classes.Split(' '), parsed.Classes);
        Assert.Equal(constituents.Split(' '), parsed.Constituents);
        Assert.Equal(attenuations, parsed.Attenuations);
    }

    [Theory]
    [InlineData("human.wav", "neither an original nor a mix")]
    [InlineData("r_0humn150850_826206-hq.wav", "did you mean 'human'?")]
    [InlineData("r_0human150850-hq.wav", "neither an original nor a mix")]
    [InlineData("mix_between_human_indicator_1-12.wav", "1 constituents")]
    [InlineData("mix_between_human_indicator_1-12_1-6_1-6.wav", "3 constituents of 2 classes")]
    [InlineData("mix_within_society_human_2-6_5-6.wav", "2 constituents of 2 classes")]
    [InlineData("mix_within_society_2-600_3-12.wav", "neither an original nor a mix")]
    [InlineData("mix_within_society_2-6_2-12.wav", "twice")]
    [InlineData("mix_between_human_human_2-6_2-12.wav", "twice")]
    public void A_name_outside_the_grammar_is_refused_by_name(string name, string reason)
    {
        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => EmoSoundscapesName.Parse(name));

        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Data", "real")]
    public void Real_names_of_every_kind_parse()
    {
        string[] names = File.ReadAllLines(ReferenceData.Require("data", "emo-soundscapes-sample", "names.txt"));

        EmoSoundscapesName[] parsed = [.. names.Select(EmoSoundscapesName.Parse)];

        Assert.Equal(35, parsed.Count(n => n.Kind == "original"));
        Assert.Equal(18, parsed.Count(n => n.Kind == "mix-between"));
        Assert.Equal(10, parsed.Count(n => n.Kind == "mix-within"));
        Assert.All(parsed.Where(n => n.Kind == "original"), n => Assert.Single(n.Constituents));
        Assert.All(parsed.Where(n => n.Kind != "original"), n => Assert.InRange(n.Constituents.Count, 2, 3));
    }
}
