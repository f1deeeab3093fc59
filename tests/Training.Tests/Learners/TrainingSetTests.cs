using SerLab.Core;
using SerLab.Training.Learners;
using Xunit;

namespace SerLab.Training.Tests.Learners;

public class TrainingSetTests
{
    private static readonly FeatureMatrix Rows = RandomTables.Gaussian(6, 3, seed: 1);
    private static readonly Target Rating = Target.Rating("valence");
    private static readonly Target Class = Target.Class(["calm", "angry"]);

    [Theory]
    [InlineData(new[] { 1.0, 2, 3, 4, 5 }, "There are 6 rows but 5 targets")]
    [InlineData(new[] { 1.0, 2, 3, double.NaN, 5, 6 }, "The target of row 3 is NaN")]
    [InlineData(new[] { 1.0, 2, double.NegativeInfinity, 4, 5, 6 }, "The target of row 2 is -")]
    public void Bad_ratings_are_refused_with_their_place(double[] values, string expected) =>
        AssertRefused(expected, () => new TrainingSet(Rows, Rating, values));

    [Theory]
    [InlineData(new[] { 0.0, 1, 0 }, "There are 6 rows but 3 labels")]
    [InlineData(new[] { 0.0, 1, 0, 1, 0, 2 }, "Row 5 has class 2; expected 0 to 1")]
    [InlineData(new[] { 0.0, -1, 0, 1, 0, 1 }, "Row 1 has class -1; expected 0 to 1")]
    public void Bad_labels_are_refused_with_their_place(double[] values, string expected) =>
        AssertRefused(expected, () => new TrainingSet(Rows, Class, values));

    [Fact]
    public void No_rows_and_groups_and_weights_that_do_not_fit_are_refused()
    {
        AssertRefused("no training rows", () => new TrainingSet(new FeatureMatrix([], 0, 3), Rating, []));
        AssertRefused("6 rows but 2 groups", () => new TrainingSet(Rows, Rating, new double[6], [1, 2]));
        AssertRefused("6 rows but 1 weights", () => new TrainingSet(Rows, Rating, new double[6], [], [1]));
        AssertRefused("The weight of row 1 is 0", () => Weighted(1, 0, 1, 1, 1, 1));
        AssertRefused("The weight of row 0 is NaN", () => Weighted(double.NaN, 1, 1, 1, 1, 1));

        static TrainingSet Weighted(params double[] weights) => new(Rows, Rating, new double[6], [], weights);
    }

    [Fact]
    public void A_selection_keeps_what_belongs_to_each_row()
    {
        TrainingSet all = new(Rows, Class, [0, 1, 0, 1, 0, 1], [7, 8, 9, 10, 11, 12], [1, 2, 3, 4, 5, 6]);

        TrainingSet selected = all.Select([5, 0, 5]);

        Assert.Equal([1, 0, 1], selected.Labels);
        Assert.Equal([12, 7, 12], selected.Groups.ToArray());
        Assert.Equal([6, 1, 6], selected.Weights.ToArray());
        Assert.True(Rows.Row(5).SequenceEqual(selected.Examples[2]));
    }

    [Fact]
    public void It_keeps_its_values_whatever_becomes_of_the_array()
    {
        double[] values = [1, 2, 3, 4, 5, 6];
        TrainingSet set = new(Rows, Rating, values);

        Array.Clear(values);

        Assert.Equal([1, 2, 3, 4, 5, 6], set.Values.ToArray());
    }

    private static void AssertRefused(string expected, Func<TrainingSet> create) =>
        Assert.Contains(expected, Assert.Throws<InvalidInputException>(create).Message, StringComparison.Ordinal);
}
