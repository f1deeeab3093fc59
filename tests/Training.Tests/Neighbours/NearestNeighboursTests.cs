using SerLab.Core;
using SerLab.Training.Neighbours;
using Xunit;

namespace SerLab.Training.Tests.Neighbours;

public class NearestNeighboursTests
{
    private static readonly FeatureMatrix Rows = new([0, 1, 2, 4, 9], 5, 1);
    private static readonly int[] Labels = [0, 1, 1, 0, 2];

    [Fact]
    public void Neighbours_vote_with_equal_weight() =>
        Assert.Equal([1 / 3.0, 2 / 3.0, 0], Probabilities(new() { Neighbours = 3 }, 0.1f));

    [Fact]
    public void Nearer_neighbours_weigh_more_by_inverse_distance()
    {
        // Distances 1, 2 and 3 from x = 3 to classes 1 (row 2) and 0 (row 4), 1 (row 1), and 0 (row 0).
        double[] probabilities = Probabilities(new() { Neighbours = 4, Weights = NeighbourWeights.Distance }, 3);

        double total = 1 + 1 + (1 / 2.0) + (1 / 3.0);
        Assert.Equal((1 + (1 / 3.0)) / total, probabilities[0], 12);
        Assert.Equal((1 + (1 / 2.0)) / total, probabilities[1], 12);
    }

    [Fact]
    public void A_neighbour_on_the_spot_outvotes_all_others() =>
        Assert.Equal([0, 0, 1], Probabilities(new() { Neighbours = 5, Weights = NeighbourWeights.Distance }, 9));

    [Fact]
    public void Of_equally_near_rows_the_earlier_one_votes()
    {
        FeatureMatrix rows = new([1, -1, 1, -1], 4, 1);

        double[] probabilities = new NearestNeighboursLearner(new() { Neighbours = 1 })
            .Fit(rows, [2, 1, 0, 0], 3, seed: 0).Predict(new FeatureMatrix([0], 1, 1)).Probabilities;

        Assert.Equal([0, 0, 1], probabilities);
    }

    [Fact]
    public void Of_equally_voted_classes_the_first_wins()
    {
        int[] labels = new NearestNeighboursLearner(new() { Neighbours = 2 })
            .Fit(new FeatureMatrix([1, 2], 2, 1), [1, 0], 2, seed: 0).Predict(new FeatureMatrix([1], 1, 1)).Labels;

        Assert.Equal([0], labels);
    }

    [Fact]
    public void With_fewer_rows_than_neighbours_all_of_them_vote() =>
        Assert.Equal([2 / 5.0, 2 / 5.0, 1 / 5.0], Probabilities(new() { Neighbours = 50 }, 100));

    [Fact]
    public void The_nearest_are_those_a_full_sort_finds()
    {
        FeatureMatrix rows = RandomTables.Gaussian(200, 4, seed: 1);
        int[] labels = RandomTables.SmoothLabels(rows, 5, seed: 2);
        FeatureMatrix queries = RandomTables.Gaussian(40, 4, seed: 3);

        double[] probabilities = new NearestNeighboursLearner(new() { Neighbours = 7 })
            .Fit(rows, labels, 5, seed: 0).Predict(queries).Probabilities;

        Assert.All(Enumerable.Range(0, 40), q =>
        {
            int[] nearest = [.. Enumerable.Range(0, 200).OrderBy(i => Squares(rows.Row(i), queries.Row(q))).Take(7)];
            Assert.All(Enumerable.Range(0, 5), k =>
                Assert.Equal(nearest.Count(i => labels[i] == k) / 7.0, probabilities[(q * 5) + k], 12));
        });
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NearestNeighboursLearner(new() { Neighbours = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NearestNeighboursLearner(new() { Weights = (NeighbourWeights)7 }));
    }

    private static double Squares(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
        }

        return sum;
    }

    private static double[] Probabilities(NearestNeighboursOptions options, float x) =>
        new NearestNeighboursLearner(options).Fit(Rows, Labels, 3, seed: 0).Predict(new FeatureMatrix([x], 1, 1)).Probabilities;
}
