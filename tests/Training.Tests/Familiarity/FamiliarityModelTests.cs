using SerLab.Core;
using SerLab.Training.Familiarity;
using SerLab.Training.Learners;
using Xunit;

namespace SerLab.Training.Tests.Familiarity;

public sealed class FamiliarityModelTests
{
    private static readonly Target Rating = Target.Rating("valence");

    [Fact]
    public void What_is_like_the_training_examples_has_every_familiarity_equally_often()
    {
        FamiliarityModel model = Of(RandomTables.Gaussian(800, 5, 1));

        double[] shares = [.. model.Of(RandomTables.Gaussian(800, 5, 2)).Order()];

        Assert.InRange(shares[80], 0.05, 0.15);
        Assert.InRange(shares[400], 0.45, 0.55);
        Assert.InRange(shares[720], 0.85, 0.95);
    }

    [Fact]
    public void What_is_far_away_is_unfamiliar_and_the_middle_is_familiar()
    {
        FamiliarityModel model = Of(RandomTables.Gaussian(300, 5, 1));

        double[] shares = model.Of(new FeatureMatrix([0, 0, 0, 0, 0, 9, 9, 9, 9, 9, 1e30f, 0, 0, 0, 0], 3, 5));

        Assert.InRange(shares[0], 0.95, 1);
        Assert.Equal(0, shares[1]);
        Assert.Equal(0, shares[2]);
    }

    [Fact]
    public void A_combination_that_never_occurred_is_unfamiliar_though_each_number_did()
    {
        SeededRandom random = new(3);
        float[] values = [.. Enumerable.Range(0, 400).Select(_ => (float)random.NextGaussian()).SelectMany(x => new[] { x, x })];
        FamiliarityModel model = Of(new FeatureMatrix(values, 400, 2));

        double[] shares = model.Of(new FeatureMatrix([1.5f, 1.5f, 1.5f, -1.5f], 2, 2));

        Assert.True(shares[0] > FamiliarityModel.Unfamiliar);
        Assert.Equal(0, shares[1]);
    }

    [Fact]
    public void What_is_at_the_end_of_every_number_is_unfamiliar_though_it_is_not_far_from_most()
    {
        // As powers of mel bands are: most far below their mean, a few far above.
        SeededRandom random = new(9);
        float[] values = [.. Enumerable.Range(0, 400 * 30).Select(_ => (float)Math.Exp(2 * random.NextGaussian()))];
        FamiliarityModel model = Of(new FeatureMatrix(values, 400, 30));

        double[] shares = model.Of(new FeatureMatrix([.. new float[30], .. Enumerable.Repeat(1f, 30)], 2, 30));

        Assert.True(shares[0] < FamiliarityModel.Unfamiliar);
        Assert.True(shares[1] > 0.5);
    }

    [Fact]
    public void A_number_that_is_always_the_same_tells_nothing_until_it_is_another()
    {
        SeededRandom random = new(4);
        float[] values = [.. Enumerable.Range(0, 300).SelectMany(_ => new[] { 2f, (float)random.NextGaussian() })];
        FamiliarityModel model = Of(new FeatureMatrix(values, 300, 2));

        double[] shares = model.Of(new FeatureMatrix([2, 0.1f, 50, 0.1f], 2, 2));

        Assert.InRange(shares[0], 0.5, 1);
        Assert.Equal(0, shares[1]);
    }

    [Fact]
    public void Groups_that_differ_make_a_new_group_no_stranger_than_those_held_out()
    {
        FeatureMatrix rows = Grouped(30, 1);
        int[] groups = [.. Enumerable.Range(0, 600).Select(i => i / 20)];

        double[] whole = Of(rows, groups).Of(Grouped(30, 2));
        double[] torn = Of(rows).Of(Grouped(30, 2));

        Assert.InRange(whole.Count(share => share < FamiliarityModel.Unfamiliar), 0, 120);
        Assert.True(torn.Average() < whole.Average());

        static FeatureMatrix Grouped(int count, int seed)
        {
            SeededRandom random = new(seed);
            List<float> values = [];
            for (int g = 0; g < count; g++)
            {
                float[] centre = [.. Enumerable.Range(0, 12).Select(_ => (float)(3 * random.NextGaussian()))];
                values.AddRange(Enumerable.Range(0, 20)
                    .SelectMany(_ => centre.Select(c => c + (float)random.NextGaussian()).ToArray()));
            }

            return new FeatureMatrix([.. values], count * 20, 12);
        }
    }

    [Fact]
    public void Series_of_any_length_are_compared_by_their_bands()
    {
        SeededRandom random = new(5);
        ExampleArrays Series(double level) => new(
            [.. Enumerable.Range(0, 60).Select(i => Enumerable.Range(0, 4 * (10 + (i % 5)))
                .Select(_ => (float)(level + random.NextGaussian())).ToArray())],
            ExampleShape.Series(null, 4));
        FamiliarityModel model = FamiliarityModel.Of(new TrainingSet(Series(0), Rating, new double[60]), 1)!;

        Assert.InRange(model.Of(Series(0)).Average(), 0.3, 0.7);
        Assert.All(model.Of(Series(4)), share => Assert.Equal(0, share));
    }

    [Fact]
    public void Sound_as_it_is_and_a_single_example_have_none()
    {
        ExampleArrays samples = new([[0, 1], [1, 0, 2]], ExampleShape.Samples());

        Assert.Null(FamiliarityModel.Of(new TrainingSet(samples, Rating, [0, 1]), 1));
        Assert.Null(FamiliarityModel.Of(new TrainingSet(new FeatureMatrix([1, 2], 1, 2), Rating, [0]), 1));
        Assert.NotNull(Of(new FeatureMatrix([1, 2, 1, 2, 1, 2], 3, 2)));
        Assert.NotNull(Of(new FeatureMatrix([1, 2, 3], 3, 1)));
    }

    private static FamiliarityModel Of(FeatureMatrix rows, params int[] groups) =>
        FamiliarityModel.Of(new TrainingSet(rows, Rating, new double[rows.Rows], groups), 1)!;
}
