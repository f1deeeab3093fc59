using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using Xunit;

namespace SerLab.Datasets.Tests.Corpora;

public sealed class EmoSoundscapesCorpusTests : IDisposable
{
    private readonly string[] names =
    [
        "mix_between_human_indicator_1-12_1-6.wav", "mix_between_human_indicator_1-6_1-6.wav", "r_0human150850_826206-hq.wav",
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("\r", "Emo-Soundscapes-", "")]
    [InlineData("\n", "", "")]
    [InlineData("\r\n", "emo-soundscapes-", "Emo-Soundscapes/")]
    public void Any_line_ends_and_folder_styles_load(string lineEnd, string prefix, string parent)
    {
        Create(lineEnd, prefix, parent);

        Corpus corpus = EmoSoundscapesCorpus.Load(folder.Root);

        Assert.Equal(names, corpus.Clips.Select(c => c.Id));
        Assert.Equal([0.1, 0.2, -0.3], corpus.Clips.Select(c => c.Ratings["arousal"]));
        Assert.Equal([-0.5, 0.25, 1], corpus.Clips.Select(c => c.Ratings["valence"]));
        Assert.Equal(122, corpus.Features!.FeatureNames.Count);
        Assert.Equal(2.5f, corpus.Features.Values[2, 5]);
        Assert.Equal("constituents", corpus.DefaultGroup);
    }

    [Fact]
    public void Mixes_of_the_same_recordings_share_a_group_whatever_their_levels()
    {
        Create();

        Corpus corpus = EmoSoundscapesCorpus.Load(folder.Root);

        Assert.Equal(
            ["human#1+indicator#1", "human#1+indicator#1", "human#4"], corpus.Clips.Select(clip => clip.Groups["constituents"]));
        Assert.Equal(["mix-between", "mix-between", "original"], corpus.Clips.Select(c => c.Groups["kind"]));
        Assert.Equal(["human#1", "indicator#1"], corpus.Clips[0].Sources);
    }

    [Theory]
    [InlineData("r_0human22388_117199-hq.wav", "human#1", "human#1")]
    [InlineData("r_0indicator15000_43744-hq.wav", "indicator#1", "human#1")]
    [InlineData("r_0human24011_156279-hq.wav", "human#2", "human#2")]
    [InlineData("r_0human1_2-hq.wav", "freesound#1", "freesound#1")]
    public void An_original_has_the_source_and_the_family_of_the_mixes_made_of_it(string original, string source, string family)
    {
        names[2] = original;
        Create();

        Corpus corpus = EmoSoundscapesCorpus.Load(folder.Root);

        Assert.Equal([source], corpus.Clips[2].Sources);
        Assert.Equal(["human#1", "human#1", family], corpus.Clips.Select(clip => clip.Groups["family"]));
        string linked = $" 2 mixes of {(family == "human#1" ? 1 : 0)} of them";
        Assert.Contains(corpus.Notes, note => note.Contains(linked, StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_of_ones_own_says_which_originals_mixes_are_made_of()
    {
        Create();
        folder.Write(
            "MixSources.csv",
            "original,constituent\nr_0human150850_826206-hq.wav,human#1\nr_0indicator7_8-hq.wav,indicator#1\n");

        Corpus corpus = EmoSoundscapesCorpus.Load(folder.Root);

        Assert.Equal(["human#1", "indicator#1"], corpus.Clips[0].Sources);
        Assert.Equal(["human#1"], corpus.Clips[2].Sources);
    }

    [Theory]
    [InlineData("human#1,r_0human150850_826206-hq.wav", "no original for indicator#1")]
    [InlineData("human#1,mix_within_society_2-6_5-6.wav", "is a mix")]
    [InlineData("human#1,r_0human1_2-hq.wav\nhuman#1,r_0human3_4-hq.wav", "column 'constituent' comes twice")]
    [InlineData("human#1,r_0human1_2-hq.wav\nhuman#2,r_0human1_2-hq.wav", "column 'original' comes twice")]
    public void A_table_that_would_let_a_source_cross_is_refused(string rows, string reason)
    {
        Create();
        string path = folder.Write("MixSources.csv", $"constituent,original\n{rows}\n");

        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => EmoSoundscapesCorpus.Load(folder.Root));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rankings_become_ratings()
    {
        Create();
        folder.Write("Emo-Soundscapes-Ratings/Valence.csv", Labels(["3", "1", "2"]));

        Corpus corpus = EmoSoundscapesCorpus.Load(folder.Root);

        Assert.Equal([1, (2.0 / 3) - 1, (4.0 / 3) - 1], corpus.Clips.Select(c => c.Ratings["valence"]));
    }

    [Fact]
    public void Sounds_are_found_by_name_whatever_the_case_and_copies_used_for_mixes_are_not_clips()
    {
        Create();
        folder.Write("Emo-Soundscapes-Audio/600_Sounds/human/R_0human150850_826206-HQ.WAV", "sound");
        folder.Write("Emo-Soundscapes-Audio/AudioClipsUsedForMix(A+B)/original/human/r_0human150850_826206-hq.wav", "sound");

        Corpus corpus = EmoSoundscapesCorpus.Load(folder.Root);

        Assert.EndsWith("R_0human150850_826206-HQ.WAV", corpus.Clips[2].Audio!.Name, StringComparison.Ordinal);
        Assert.Null(corpus.Clips[0].Audio);
        Assert.Contains(corpus.Notes, note => note.StartsWith("2 of 3 clips have no file", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Emo-Soundscapes-Ratings/Valence.csv", "a.wav,0.1\n", "'a.wav' is on line 1")]
    [InlineData("Emo-Soundscapes-Ratings/Valence.csv", "r_0human150850_826206-hq.wav,0.1\n", "has no row in")]
    [InlineData("Emo-Soundscapes-Ratings/Valence.csv", "r_0human150850_826206-hq.wav,NaN\n", "Line 1")]
    [InlineData("Emo-Soundscapes-Ratings/Valence.csv", "r_0human150850_826206-hq.wav,\n", "blank")]
    [InlineData("Emo-Soundscapes-Ratings/Valence.csv", "r_0human150850_826206-hq.wav,1.5\n", "from -1 to 1")]
    [InlineData("Emo-Soundscapes-Ratings/Valence.csv", "r_0human150850_826206-hq.wav,9\n", "a rank from 1 to 1")]
    [InlineData(
        "Emo-Soundscapes-Ratings/Valence.csv",
        "r_0human150850_826206-hq.wav,0.1\nR_0human150850_826206-hq.wav,0.2\n",
        "Line 2")]
    [InlineData("Emo-Soundscapes-Features/Normalized_Features.csv", "fileName,rms_mean\nx,1\n", "122 features")]
    public void A_damaged_file_is_named_with_the_reason(string file, string content, string reason)
    {
        Create();
        string path = folder.Write(file, content);

        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => EmoSoundscapesCorpus.Load(folder.Root));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feature_that_is_no_number_is_named_with_line_and_column()
    {
        Create();
        string text = Features("\n").Replace("2.5", "NaN", StringComparison.Ordinal);
        folder.Write("Emo-Soundscapes-Features/Normalized_Features.csv", text);

        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => EmoSoundscapesCorpus.Load(folder.Root));

        Assert.Contains("Line 4", error.Message, StringComparison.Ordinal);
        Assert.Contains("'f0'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clip_twice_in_the_features_is_refused()
    {
        Create();
        string text = Features("\n");
        folder.Write("Emo-Soundscapes-Features/Normalized_Features.csv", text + text.Split('\n')[1] + "\n");

        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => EmoSoundscapesCorpus.Load(folder.Root));

        Assert.Contains("which line 2 has already", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_something_else_is_refused_with_what_was_expected()
    {
        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => EmoSoundscapesCorpus.Load(folder.Root));

        Assert.Contains("Emo-Soundscapes-Ratings", error.Message, StringComparison.Ordinal);
    }

    private void Create(string lineEnd = "\n", string prefix = "Emo-Soundscapes-", string parent = "")
    {
        folder.Write($"{parent}{prefix}Features/Normalized_Features.csv", Features(lineEnd));
        folder.Write($"{parent}{prefix}Ratings/Arousal.csv", Labels(["0.1", "0.2", "-0.3"], lineEnd));
        folder.Write($"{parent}{prefix}Ratings/Valence.csv", Labels(["-0.5", "0.25", "1"], lineEnd));
    }

    private string Labels(string[] values, string lineEnd = "\n") =>
        string.Concat(names.Zip(values, (name, value) => $"{name},{value}{lineEnd}"));

    private string Features(string lineEnd)
    {
        IEnumerable<string> header = Enumerable.Range(0, 122).Select(i => $"f{i}").Prepend("fileName");
        IEnumerable<string> rows = names.Select((name, row) => $"{name}," + string.Join(
            ',', Enumerable.Range(0, 122).Select(_ => (row + 0.5).ToString(CultureInfo.InvariantCulture))));
        return string.Concat(rows.Prepend(string.Join(',', header)).Select(line => line + lineEnd));
    }
}
