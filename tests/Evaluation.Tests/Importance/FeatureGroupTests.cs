using SerLab.Core;
using SerLab.Features.FeatureSets;
using SerLab.Training.Importance;
using Xunit;

namespace SerLab.Evaluation.Tests.Importance;

/// <summary>Which features are shuffled together.</summary>
public class FeatureGroupTests
{
    [Theory]
    [InlineData("meyda74", "loudness 6, spectrum 18, mfcc 26, chroma 24")]
    [InlineData("librosa180", "mfcc 40, chroma 12, mel 128")]
    [InlineData("librosa360", "mfcc 80, chroma 24, mel 256")]
    [InlineData("voice310", "mfcc 300, pitch 9, active 1")]
    [InlineData("voice310+logmel64@1s", "voice310 310, logmel64@1s 2816")]
    [InlineData("meyda74+librosa180", "meyda74 74, librosa180 180")]
    public void Families_follow_from_the_names_and_members_from_the_sets(string set, string expected)
    {
        FeatureSet features = FeatureSetCatalogue.BuiltIn.GetSet(set);

        IReadOnlyList<FeatureGroup> groups = FeatureGroup.Families(features.Names, features.Shape);

        Assert.Equal(expected, string.Join(", ", groups.Select(group => $"{group.Name} {group.Positions.Count}")));
        Assert.Equal(
            Enumerable.Range(0, features.Shape.Size!.Value), groups.SelectMany(group => group.Positions).Order());
    }

    [Theory]
    [InlineData("LAeq_L5(A)_Max", "LAeq")]
    [InlineData("SIL4_SIL(rms)_Max", "SIL")]
    [InlineData("spectralCentroid", "spectrum")]
    [InlineData("mfcc12", "mfcc")]
    [InlineData("Energy", "loudness")]
    [InlineData("danceability", "danceability")]
    [InlineData("12", "12")]
    [InlineData("", "")]
    [InlineData("(odd)", "(odd)")]
    public void The_first_word_of_a_name_is_its_family(string name, string family) =>
        Assert.Equal(family, Assert.Single(FeatureGroup.Families([name], ExampleShape.Features(1))).Name);

    [Fact]
    public void Singles_are_all_features_by_name() => Assert.Equal(
        [("a", 0), ("b", 1)],
        FeatureGroup.Singles(["a", "b"], ExampleShape.Features(2)).Select(group => (group.Name, group.Positions.Single())));

    [Fact]
    public void A_series_has_no_features_to_shuffle()
    {
        FeatureSet series = FeatureSetCatalogue.BuiltIn.GetSet("logmel64");

        Assert.Contains(
            "frames × 64 bands",
            Assert.Throws<InvalidInputException>(() => FeatureGroup.Families(series.Names, series.Shape)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Shuffled_rows_keep_every_column_and_what_hangs_together_in_a_group()
    {
        FeatureMatrix rows = new([.. Enumerable.Range(0, 150).Select(i => (float)i)], 50, 3);
        FeatureShuffle shuffle = new([new FeatureGroup("pair", [0, 2]), new FeatureGroup("one", [1])]);

        FeatureMatrix[] shuffled = [.. shuffle.Of(rows, 3).Cast<FeatureMatrix>()];

        Assert.Equal(2 * FeatureShuffle.Repeats, shuffled.Length);
        Assert.Equal(shuffled.Length, shuffled.Select(one => string.Join(' ', one.Values.ToArray())).Distinct().Count());
        Assert.Equal(
            shuffled.Select(one => one.Values.ToArray()),
            shuffle.Of(rows, 3).Cast<FeatureMatrix>().Select(one => one.Values.ToArray()));
        foreach ((int number, FeatureMatrix one) in shuffled.Index())
        {
            bool isPair = number < FeatureShuffle.Repeats;
            for (int column = 0; column < 3; column++)
            {
                float[] before = [.. Enumerable.Range(0, 50).Select(row => rows[row, column])];
                float[] after = [.. Enumerable.Range(0, 50).Select(row => one[row, column])];
                Assert.Equal(before, after.Order());
                Assert.Equal(isPair == (column == 1), before.SequenceEqual(after));
            }

            Assert.All(Enumerable.Range(0, 50), row => Assert.Equal(2, one[row, 2] - one[row, 0]));
        }
    }
}
