using SerLab.Core;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Networks;
using Xunit;

namespace SerLab.Training.Tests.Neural.Deep;

/// <summary>Networks as values, and what must not change what they compute.</summary>
public class NetworkTests
{
    private static readonly Layer[] Mixed =
    [
        new Convolution(5, Extent.Square(3)) { HasBias = false },
        new BatchNormalisation(),
        new Relu(),
        new DropoutLayer(0.3) { IsSpatial = true },
        new Pooling(PoolingKind.Max, Extent.Square(2)),
        new AsSeries(),
        Branches.Bidirectional(new Lstm(6) { GivesSequence = true }),
        new AttentionPooling(4),
        new DropoutLayer(0.2),
        new Dense(3),
    ];

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        float[][] gradients = [.. new[] { 1, 2, 5 }.Select(threads =>
        {
            NetworkProbe<float> probe = new(new Network(new GridShape(9, 7, 1), Mixed), 43, threads: threads);
            probe.Forward(Numbers(43 * 63));
            probe.Backward(Numbers(43 * 3));
            return (float[])[.. probe.Run.Gradients, .. probe.Run.Outputs(43)];
        })];
        Assert.Equal(gradients[0], gradients[1]);
        Assert.Equal(gradients[0], gradients[2]);
    }

    [Fact]
    public void A_prediction_does_not_depend_on_what_else_is_in_the_batch()
    {
        Network network = new(new GridShape(9, 7, 1), Mixed);
        double[] inputs = Numbers(21 * 63);
        double[] together = new NetworkProbe<float>(network, 21, isTraining: false).Forward(inputs);
        for (int n = 0; n < 21; n++)
        {
            double[] alone = new NetworkProbe<float>(network, 1, isTraining: false).Forward(inputs[(n * 63)..((n + 1) * 63)]);
            Assert.Equal(together[(n * 3)..((n + 1) * 3)], alone);
        }
    }

    [Fact]
    public void A_smaller_batch_leaves_nothing_of_the_one_before()
    {
        Network network = new(new GridShape(9, 7, 1), Mixed);
        NetworkRun<float> used = new(network, network.InitialParameters<float>(1), 20, learns: true, 1);
        NetworkRun<float> fresh = new(network, network.InitialParameters<float>(1), 20, learns: true, 1);
        Pass(used, 20);
        Assert.Equal(Pass(fresh, 3), Pass(used, 3));
    }

    [Theory, InlineData(3, 3, 1, false), InlineData(1, 4, 2, false), InlineData(2, 3, 1, true), InlineData(1, 1, 1, false)]
    public void A_convolution_to_one_channel_has_the_bits_of_that_channel_among_others(
        int rows, int columns, int dilation, bool isValid)
    {
        Convolution One(int channels) => new(channels, new Extent(rows, columns))
        {
            Dilation = new Extent(1, dilation),
            Padding = isValid ? Padding.Valid : Padding.Same,
        };
        NetworkProbe<float> one = new(new Network(new GridShape(6, 7, 5), One(1)), 11);
        NetworkProbe<float> three = new(new Network(new GridShape(6, 7, 5), One(3)), 11);
        double[] inputs = Numbers(11 * 6 * 7 * 5);
        three.Set(0, 0, [.. one.Parameter(0, 0).ToArray().SelectMany(weight => (double[])[weight, 0.5, -0.5])]);

        double[] alone = one.Forward(inputs);
        double[] among = three.Forward(inputs);
        double[] upstream = Numbers(alone.Length);
        double[] alonesInputs = one.Backward(upstream);
        double[] amongsInputs = three.Backward([.. upstream.SelectMany(value => (double[])[value, 0, 0])]);

        Assert.Equal(alone, among.Where((_, i) => i % 3 == 0));
        Assert.Equal(alonesInputs, amongsInputs);
        int weights = one.Parameter(0, 0).Length;
        Assert.Equal(
            one.Run.Gradients[..weights].ToArray(), three.Run.Gradients[..(3 * weights)].ToArray().Where((_, i) => i % 3 == 0));
    }

    [Fact]
    public void What_is_random_follows_the_example_not_its_place()
    {
        Network network = new(GridShape.Vector(40), new DropoutLayer(0.5));
        NetworkRun<float> run = new(network, network.InitialParameters<float>(1), 3, learns: false, 1);
        for (int n = 0; n < 3; n++)
        {
            run.Input(n).Fill(1);
        }

        run.Forward(new BatchRun(3, true, [11, 12, 13]));
        float[] second = run.Output(1).ToArray();
        run.Forward(new BatchRun(3, true, [12, 13, 14]));
        Assert.Equal(second, run.Output(0).ToArray());
        Assert.NotEqual(second, run.Output(1).ToArray());
    }

    [Fact]
    public void Dropout_keeps_its_share_and_the_mean()
    {
        Network network = new(GridShape.Vector(100_000), new DropoutLayer(0.3));
        NetworkRun<float> run = new(network, network.InitialParameters<float>(1), 1, learns: false, 1);
        run.Input(0).Fill(1);
        run.Forward(new BatchRun(1, true, [5]));
        float[] values = run.Output(0).ToArray();
        Assert.Equal(0.3, values.Count(value => value == 0) / 100_000.0, 0.01);
        Assert.Equal(1, values.Average(), 0.02);
    }

    [Fact]
    public void A_layer_that_does_not_fit_is_told_in_one_sentence()
    {
        Convolution valid = new(8, Extent.Square(3)) { Padding = Padding.Valid };
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => new Network(
            new GridShape(4, 3, 1), new Relu(), valid, new Relu(), valid));
        Assert.Equal(
            "Layer 4, Conv 3×3, 8 on 2×1×8: the kernel is larger than its input; use a smaller one, less pooling, or padding.",
            error.Message);
    }

    [Theory]
    [InlineData(1_000_000_000, "Layer 1, Dense 1000000000 on 3000: it has too many parameters.")]
    [InlineData(100_000, "The layers have 300,100,000 parameters; a network has at most 134,217,728.")]
    public void A_network_that_no_memory_holds_is_refused(int units, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidInputException>(
            () => new Network(GridShape.Vector(3000), new Dense(units))).Message);

    [Theory]
    [InlineData("dense 0")]
    [InlineData("dropout")]
    [InlineData("lstm")]
    [InlineData("groups")]
    [InlineData("sum")]
    [InlineData("shape")]
    [InlineData("padding")]
    public void Layers_that_cannot_be_are_refused(string which)
    {
        Layer layer = which switch
        {
            "dense 0" => new Dense(0),
            "dropout" => new DropoutLayer(1),
            "lstm" => new Lstm(3),
            "groups" => new Convolution(4, Extent.One) { Groups = 3 },
            "sum" => Branches.Residual(new Dense(5)),
            "padding" => new Pooling(PoolingKind.Max, Extent.Square(2)) { Padding = Padding.Of(2, 0, 0, 0) },
            _ => new AsShape(new GridShape(2, 2, 2)),
        };
        InvalidInputException error =
            Assert.Throws<InvalidInputException>(() => new Network(new GridShape(4, 3, 1), layer));
        Assert.StartsWith("Layer 1, ", error.Message, StringComparison.Ordinal);
    }

    private static float[] Pass(NetworkRun<float> run, int count)
    {
        for (int n = 0; n < count; n++)
        {
            NetworkProbe<float>.Convert(Numbers(63)).CopyTo(run.Input(n));
        }

        BatchRun batch = new(count, true, [.. Enumerable.Range(0, count).Select(n => (long)n)]);
        run.Forward(batch);
        run.OutputGradients(count).Fill(0.5f);
        run.Backward(batch);
        return [.. run.Outputs(count), .. run.Gradients];
    }

    private static double[] Numbers(int count)
    {
        SeededRandom random = new(3);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextGaussian())];
    }
}
