using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Tables;
using Xunit;

namespace SerLab.Datasets.Tests.Corpora;

public class JoinedCorpusTests
{
    private static readonly Corpus Acted = OfClasses("acted", "speaker", ["happy", "sad", "happy", "calm"]);
    private static readonly Corpus Wild = OfClasses("wild", "singer", ["grief", "joy", "joy", "fear", "happy"]);

    [Fact]
    public void Classes_without_a_partner_are_left_out_and_counted()
    {
        Corpus both = JoinedCorpus.Across(Acted, Wild, LabelMap.Parse("happy=joy", "sad=grief"));

        Assert.Equal(["happy", "sad"], both.Classes);
        Assert.Equal(
            ["acted/0", "acted/1", "acted/2", "wild/0", "wild/1", "wild/2"], both.Clips.Select(clip => clip.Id));
        Assert.Equal(["happy", "sad", "happy", "sad", "happy", "happy"], both.Clips.Select(clip => clip.Label));
        Assert.Equal(
            [
                "Trained on acted, tested on wild; labels: happy (2) = joy (2); sad (1) = grief (1).",
                "Without a partner, so left out: acted's calm (1), wild's fear (1), wild's happy (1).",
            ],
            both.Join!.Sentences());
        Assert.Equal(both.Join.Sentences(), both.Notes);
    }

    [Fact]
    public void Speakers_of_one_name_stay_two_and_every_clip_tells_its_corpus()
    {
        Corpus both = JoinedCorpus.Across(Acted, Wild, LabelMap.Parse("happy=joy", "sad=grief"));

        Assert.Equal("speaker/singer", both.DefaultGroup);
        Assert.Equal(
            ["acted/0", "acted/1", "acted/0", "wild/0", "wild/1", "wild/0"],
            both.Clips.Select(clip => clip.Groups["speaker/singer"]));
        Assert.Equal(
            ["acted", "acted", "acted", "wild", "wild", "wild"], both.Clips.Select(clip => clip.Groups[CorpusJoin.Group]));
        Assert.Equal(3, both.Clips.Count(both.IsTestOnly));
        Assert.Equal(both.Clips.Take(3), CorpusSubset.OfTraining(both).Clips);
        Assert.Equal("acted", CorpusSubset.OfTraining(both).Title);
    }

    [Fact]
    public void Several_corpora_become_one_by_the_names_they_share_and_two_of_one_name_stay_two()
    {
        Corpus all = JoinedCorpus.Of([Acted, Acted, OfClasses("c", null, ["sad", "happy", "calm", "fear"])]);

        Assert.Equal(("acted+acted-2+c", "speaker"), (all.Name, all.DefaultGroup));
        Assert.Equal(["happy", "sad", "calm"], all.Classes);
        Assert.Equal(11, all.Clips.Count);
        Assert.Equal(11, all.Clips.Select(clip => clip.Id).Distinct().Count());
        Assert.Equal("happy (2) = happy (2) = happy (1)", all.Join!.Labels[0].ToString());
        Assert.DoesNotContain(all.Clips, all.IsTestOnly);
    }

    [Theory]
    [InlineData("emotion", "emotion")]
    [InlineData("mood", "class")]
    public void Classes_keep_their_name_where_all_corpora_call_them_so(string other, string expected)
    {
        Corpus both = JoinedCorpus.Across(
            Acted with { ClassName = "emotion" }, Wild with { ClassName = other }, LabelMap.Parse("happy=joy", "sad=grief"));

        Assert.Equal(expected, both.ClassName);
        Assert.Equal(expected, CorpusSubset.OfTraining(both).ClassName);
    }

    [Fact]
    public void Corpora_without_a_common_label_are_refused_with_the_labels_of_both()
    {
        string message = Assert.Throws<InvalidInputException>(
            () => JoinedCorpus.Across(Acted, OfClasses("b", null, ["joy", "grief"]))).Message;

        Assert.Contains("share no label: the one has happy, sad, calm, the other joy, grief", message, StringComparison.Ordinal);
        Assert.Contains(
            "a single class",
            Assert.Throws<InvalidInputException>(() => JoinedCorpus.Across(Acted, Wild)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Ratings_are_brought_to_the_scale_of_the_corpus_that_is_trained_on()
    {
        Corpus both = JoinedCorpus.Across(
            OfRatings("a", "valence", -1, 0.5), OfRatings("b", "pleasure", 1, 4, 9), LabelMap.Parse("valence=pleasure:1..9"));

        Assert.Equal([-1, 0.5, -1, -0.25, 1], both.Clips.Select(clip => clip.Ratings["valence"]));
        Assert.Equal("valence (2, -1..1) = pleasure (3, 1..9)", both.Join!.Labels[0].ToString());
    }

    [Theory]
    [InlineData("valence=valence", "goes from 1 to 9, and its scale is taken to be -1..1")]
    [InlineData("valence=valence:1..5", "goes from 1 to 9, and its scale is taken to be 1..5")]
    public void A_rating_off_its_scale_is_refused(string pair, string expected) => Assert.Contains(
        expected,
        Assert.Throws<InvalidInputException>(() => JoinedCorpus.Across(
            OfRatings("a", "valence", -1, 1), OfRatings("b", "valence", 1, 9), LabelMap.Parse(pair))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_rating_that_is_never_negative_is_not_taken_for_one_that_may_be()
    {
        Corpus signed = OfRatings("a", "valence", -1, 1);
        Corpus share = OfRatings("b", "valence", 0, 0.5, 1);

        Assert.Contains(
            "--map valence:-1..1=valence:0..1",
            Assert.Throws<InvalidInputException>(() => JoinedCorpus.Across(signed, share)).Message,
            StringComparison.Ordinal);
        Assert.Equal(
            [-1, 1, -1, 0, 1],
            JoinedCorpus.Across(signed, share, LabelMap.Parse("valence=valence:0..1")).Clips
                .Select(clip => clip.Ratings["valence"]));
    }

    [Fact]
    public void Features_that_both_ship_are_joined_by_name_and_others_are_refused()
    {
        Corpus first = Shipping(Acted, "x", "y");
        Corpus second = Shipping(Wild, "y", "x");
        LabelMap map = LabelMap.Parse("happy=joy", "sad=grief");

        FeatureTable table = JoinedCorpus.Across(first, second, map).Features!;

        Assert.Equal(["x", "y"], table.FeatureNames);
        Assert.Equal(["acted/0", "acted/1", "acted/2", "wild/0", "wild/1", "wild/2"], table.ClipIds);
        Assert.Equal([0, 1, 10, 11, 20, 21, 1, 0, 11, 10, 21, 20], table.Values.Values.ToArray());
        Assert.Contains(
            "no features in common",
            Assert.Throws<InvalidInputException>(() => JoinedCorpus.Across(first, Shipping(Wild, "x", "z"), map)).Message,
            StringComparison.Ordinal);
    }

    private static Corpus OfClasses(string name, string? group, string[] labels)
    {
        Corpus corpus = Make(name, group, labels.Length, i => new Clip
        {
            Id = $"{i}",
            Label = labels[i],
            Audio = new TestSound($"{name} {i}"),
            Groups = group is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [group] = $"{i % 2}" },
        });
        return corpus with { Classes = [.. labels.Distinct()] };
    }

    private static Corpus OfRatings(string name, string target, params double[] ratings)
    {
        Corpus corpus = Make(name, null, ratings.Length, i => new Clip
        {
            Id = $"{i}",
            Audio = new TestSound($"{name} {i}"),
            Ratings = new Dictionary<string, double> { [target] = ratings[i] },
        });
        return corpus with { Targets = [target] };
    }

    private static Corpus Shipping(Corpus corpus, params string[] names) => corpus with
    {
        Clips = [.. corpus.Clips.Select(clip => clip with { Audio = null })],
        DefaultFeatureSet = "shipped",
        Features = new FeatureTable(
            [.. corpus.Clips.Select(clip => clip.Id)],
            names,
            new FeatureMatrix(
                [.. corpus.Clips.SelectMany((_, i) => names.Select((_, j) => (float)((10 * i) + j)))],
                corpus.Clips.Count,
                names.Length)),
    };

    private static Corpus Make(string name, string? group, int count, Func<int, Clip> clip) => new()
    {
        Name = name,
        Title = name,
        Licence = "none",
        Citation = "none",
        DefaultGroup = group,
        Clips = [.. Enumerable.Range(0, count).Select(clip)],
    };
}
