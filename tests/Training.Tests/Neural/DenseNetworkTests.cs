using SerLab.Core;
using SerLab.Training.Neural;
using Xunit;

namespace SerLab.Training.Tests.Neural;

public class DenseNetworkTests
{
    [Fact]
    public void Forward_computes_what_is_worked_out_by_hand()
    {
        // Hidden: relu(1·1 + 2·3 + 0.5, 1·(−2) + 2·0.5 − 1) = (7.5, 0); output: 7.5·2 + 0·4 − 1.
        DenseNetwork network = new(
        [
            new DenseLayer(2, 2, [1, -2, 3, 0.5f], [0.5f, -1], Activation.Relu),
            new DenseLayer(2, 1, [2, 4], [-1], Activation.Identity),
        ]);

        Assert.Equal([14f], network.Forward(new FeatureMatrix([1, 2], 1, 2)).Values.ToArray());
    }

    [Theory]
    [InlineData(Activation.Identity)]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Logistic)]
    public void Forward_equals_double_precision_and_does_not_depend_on_the_other_rows(Activation hidden)
    {
        SeededRandom random = new(7);
        DenseNetwork network = new(
        [
            Random(random, 9, 33, hidden),
            Random(random, 33, 5, hidden),
            Random(random, 5, 3, Activation.Softmax),
        ]);
        FeatureMatrix rows = new([.. Enumerable.Range(0, 301 * 9).Select(_ => (float)random.NextGaussian())], 301, 9);

        FeatureMatrix together = network.Forward(rows);

        for (int i = 0; i < rows.Rows; i++)
        {
            Assert.Equal(together.Row(i).ToArray(), network.Forward(rows.Select([i])).Values.ToArray());
            double[] expected = DoubleNetwork.Forward(network, rows.Row(i));
            Assert.All(expected.Zip(together.Row(i).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 2e-6));
        }
    }

    [Fact]
    public void Large_sums_neither_overflow_softmax_nor_logistic()
    {
        DenseNetwork softmax = new([new DenseLayer(1, 2, [1000, -1000], [0, 0], Activation.Softmax)]);
        DenseNetwork logistic = new([new DenseLayer(1, 2, [1000, -1000], [0, 0], Activation.Logistic)]);
        FeatureMatrix row = new([1], 1, 1);

        Assert.Equal([1f, 0f], softmax.Forward(row).Values.ToArray());
        Assert.Equal([1f, 0f], logistic.Forward(row).Values.ToArray());
    }

    [Fact]
    public void An_empty_batch_gives_no_outputs()
    {
        DenseNetwork network = new([new DenseLayer(2, 3, new float[6], new float[3], Activation.Identity)]);
        Assert.Equal(0, network.Forward(new FeatureMatrix([], 0, 2)).Rows);
    }

    [Fact]
    public void Rows_of_the_wrong_width_or_not_finite_are_refused()
    {
        DenseNetwork network = new([new DenseLayer(2, 1, [1, 1], [0], Activation.Identity)]);
        Assert.Throws<InvalidInputException>(() => network.Forward(new FeatureMatrix([1, 2, 3], 1, 3)));
        Assert.Throws<InvalidInputException>(() => network.Forward(new FeatureMatrix([1, float.NaN], 1, 2)));
    }

    [Fact]
    public void Layers_that_do_not_fit_are_refused()
    {
        DenseLayer twoToThree = new(2, 3, new float[6], new float[3], Activation.Relu);
        DenseLayer twoToOne = new(2, 1, new float[2], new float[1], Activation.Identity);
        DenseLayer softmax = new(3, 2, new float[6], new float[2], Activation.Softmax);

        Assert.Throws<ArgumentException>(() => new DenseNetwork([]));
        Assert.Throws<ArgumentException>(() => new DenseNetwork([twoToThree, twoToOne]));
        Assert.Throws<ArgumentException>(() => new DenseNetwork([twoToThree, softmax, twoToOne]));
        Assert.Throws<ArgumentException>(() => new DenseLayer(2, 3, new float[5], new float[3], Activation.Relu));
        Assert.Throws<ArgumentException>(() => new DenseLayer(2, 3, new float[6], new float[2], Activation.Relu));
        Assert.Throws<ArgumentException>(() => new DenseLayer(1, 1, [float.NaN], [0], Activation.Relu));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DenseLayer(1, 1, [1], [0], (Activation)99));
    }

    private static DenseLayer Random(SeededRandom random, int inputs, int outputs, Activation activation) => new(
        inputs,
        outputs,
        [.. Enumerable.Range(0, inputs * outputs).Select(_ => (float)(0.5 * random.NextGaussian()))],
        [.. Enumerable.Range(0, outputs).Select(_ => (float)random.NextGaussian())],
        activation);
}
