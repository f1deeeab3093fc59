using SerLab.Core;
using SerLab.Training.Neural;
using Xunit;

namespace SerLab.Training.Tests.Neural;

public class NetworkDataTests
{
    [Fact]
    public void A_split_by_target_holds_out_the_same_share_of_every_class_and_every_row_once()
    {
        int[] labels = [.. Enumerable.Range(0, 200).Select(i => i < 140 ? 0 : i < 180 ? 1 : 2)];
        NetworkData set = Indicators(labels, 3);

        (NetworkData training, NetworkData heldOut) = set.Split(0.1, byTarget: true, new SeededRandom(4));

        Assert.Equal([14, 4, 2], Counts(heldOut), (expected, actual) => Math.Abs(expected - actual) <= 1);
        Assert.Equal(20, heldOut.Rows.Rows);
        Assert.Equal(
            Enumerable.Range(0, 200).Select(i => (float)i),
            training.Rows.Values.ToArray().Concat(heldOut.Rows.Values.ToArray()).Order());
        Assert.All(Enumerable.Range(0, 20), i => Assert.Equal(1, heldOut.Target(i)[labels[(int)heldOut.Rows[i, 0]]]));
    }

    [Fact]
    public void A_split_at_random_differs_by_seed_and_rounds_up()
    {
        NetworkData set = new(new FeatureMatrix([.. Enumerable.Range(0, 21).Select(i => (float)i)], 21, 1), new float[21], 1);

        (_, NetworkData first) = set.Split(0.1, byTarget: false, new SeededRandom(1));
        (_, NetworkData second) = set.Split(0.1, byTarget: false, new SeededRandom(2));

        Assert.Equal(3, first.Rows.Rows);
        Assert.NotEqual(first.Rows.Values.ToArray(), second.Rows.Values.ToArray());
    }

    [Fact]
    public void A_split_that_leaves_nothing_to_train_on_is_refused()
    {
        NetworkData set = new(new FeatureMatrix([1], 1, 1), [1], 1);
        Assert.Throws<InvalidInputException>(() => set.Split(0.1, byTarget: false, new SeededRandom(1)));
    }

    private static NetworkData Indicators(int[] labels, int classes)
    {
        float[] targets = new float[labels.Length * classes];
        for (int i = 0; i < labels.Length; i++)
        {
            targets[(i * classes) + labels[i]] = 1;
        }

        float[] numbers = [.. Enumerable.Range(0, labels.Length).Select(i => (float)i)];
        return new NetworkData(new FeatureMatrix(numbers, labels.Length, 1), targets, classes);
    }

    private static int[] Counts(NetworkData set)
    {
        int[] counts = new int[set.Outputs];
        for (int i = 0; i < set.Rows.Rows; i++)
        {
            counts[set.Target(i).IndexOf(1f)]++;
        }

        return counts;
    }
}
