using FsCheck.Fluent;
using SerLab.Core;
using SerLab.Explorer.Library;
using Xunit;

namespace SerLab.Explorer.Tests;

/// <summary>Nearness in bytes is nearness in numbers.</summary>
public sealed class SimilarityTests : IDisposable
{
    private const int Columns = 37;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Distances_are_those_of_standardised_features_to_half_a_step_each()
    {
        FeatureMatrix rows = RandomTables.Gaussian(400, Columns, seed: 5);
        float[][] scaled = [.. Enumerable.Range(0, 400).Select(i => Scaled(rows.Row(i).ToArray()))];
        using KeptFeatures features = new(folder.At("features"), Columns);
        Similarity similarity = new(features);
        SoundRow[] sounds =
        [
            .. scaled.Select((row, i) => new SoundRow { Id = i, Path = "", Answers = [], FeatureRow = features.Add(row) }),
        ];

        IReadOnlyList<(int Id, double Distance)> nearest = similarity.Nearest(sounds[7], sounds, 399);

        double[] deviations = [.. Enumerable.Range(0, Columns).Select(k => Deviation([.. scaled.Select(row => (double)row[k])]))];
        double[] exact = [.. scaled.Select(row => Math.Sqrt(
            row.Select((value, k) => Math.Pow((value - (double)scaled[7][k]) / deviations[k], 2)).Sum()))];
        Assert.Equal(Enumerable.Range(0, 400).Where(i => i != 7), nearest.Select(near => near.Id).Order());
        Assert.All(nearest, near => Assert.Equal(exact[near.Id], near.Distance, Similarity.Step * Math.Sqrt(Columns)));
        Assert.Equal(nearest.Take(10), similarity.Nearest(sounds[7], sounds, 10));
    }

    [Fact]
    public void Sounds_that_come_later_are_compared_too_and_constant_features_say_nothing()
    {
        using KeptFeatures features = new(folder.At("features"), 2);
        Similarity similarity = new(features);
        List<SoundRow> sounds = [];
        void Add(float value) => sounds.Add(
            new SoundRow { Id = sounds.Count, Path = "", Answers = [], FeatureRow = features.Add([value, 1e6f]) });
        foreach (float value in new[] { 1f, 2f, 4f, 8f, 16f })
        {
            Add(value);
        }

        Assert.Equal([1, 2, 3, 4], similarity.Nearest(sounds[0], sounds, 9).Select(near => near.Id));
        Add(1.5f);
        Assert.Equal([5, 1, 2, 3, 4], similarity.Nearest(sounds[0], sounds, 9).Select(near => near.Id));
    }

    [Fact]
    public void Squared_distances_are_exact_whatever_the_length() => Prop.ForAll(
        Gen.ArrayOf(Gen.Choose(-127, 127)).ToArbitrary(),
        Gen.Choose(0, 100).ToArbitrary(),
        (values, shift) =>
        {
            sbyte[] first = [.. values.Select(value => (sbyte)value)];
            sbyte[] second = [.. values.Select((value, i) => (sbyte)(-value + ((i + shift) % 2)))];
            int expected = first.Zip(second, (a, b) => a - b).Sum(difference => difference * difference);
            return Similarity.SquaredDistance(first, second) == expected;
        }).Holds(cases: 300);

    // Large means and small spreads, as of centroids beside flatness.
    private static float[] Scaled(float[] row) => [.. row.Select((value, k) => (value * (k + 1)) + (1000 * k))];

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
