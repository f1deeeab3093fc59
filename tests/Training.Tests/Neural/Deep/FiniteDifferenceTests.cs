using SerLab.Core;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Losses;
using SerLab.Training.Neural.Networks;
using Xunit;

namespace SerLab.Training.Tests.Neural.Deep;

/// <summary>Gradients of every layer and loss beside differences of what they differentiate, on random shapes.</summary>
public class FiniteDifferenceTests
{
    private const double Step = 1e-5;
    private const double Tolerance = 1e-6;

    public static TheoryData<string> Layers => [.. Makers.Keys];

    public static TheoryData<string> Objectives => [.. Losses.Keys];

    private static readonly Dictionary<string, Func<SeededRandom, (GridShape Input, Layer Layer)>> Makers = new()
    {
        ["convolution"] = r => (Grid(r, 2), new Convolution(Number(r, 5), Window(r, 3, 3))
        {
            Stride = Window(r, 3, 3),
            Dilation = Window(r, 2, 2),
        }),
        ["convolution with edges cut"] = r => (
            new GridShape(4 + Number(r, 4), 5 + Number(r, 4), 3),
            new Convolution(2, new Extent(3, 2))
            {
                Stride = Window(r, 3, 3),
                Padding = Padding.Of(r.NextInt(2), r.NextInt(3), r.NextInt(3), r.NextInt(2)),
            }),
        ["grouped convolution"] = r => (Of(r, 6), new Convolution(9, new Extent(2, 3)) { Groups = 3 }),
        ["depthwise convolution"] = r => (Of(r, 9), new Convolution(9, Extent.Square(3)) { Groups = 9 }),
        ["transposed convolution"] = r => (
            Grid(r, 3), new TransposedConvolution(Number(r, 4), Window(r, 3, 4)) { Stride = Window(r, 3, 3) }),
        ["dense"] = r => (GridShape.Series(Number(r, 4), Number(r, 20)), new Dense(Number(r, 20))),
        ["max pool"] = r => (Grid(r, 9), new Pooling(PoolingKind.Max, Window(r, 2, 3)) { Padding = Padding.Same }),
        ["average pool"] = r => (
            Grid(r, 9),
            new Pooling(PoolingKind.Average, Extent.Square(2)) { Padding = Padding.Same, Stride = Extent.One }),
        ["global pool"] = r => (Grid(r, 9), new Pooling(PoolingKind.Average)),
        ["up-sampling"] = r => (Grid(r, 3), new UpSampling(Window(r, 3, 3))),
        ["batch norm"] = r => (Grid(r, 9), new BatchNormalisation()),
        ["layer norm"] = r => (Of(r, 2 + Number(r, 9)), new LayerNormalisation()),
        ["group norm"] = r => (Of(r, 6), new GroupNormalisation(1 + r.NextInt(3))),
        ["instance norm"] = r => (new GridShape(2, 1 + Number(r, 5), 4), new GroupNormalisation(4)),
        ["self-attention"] = r => (Of(r, 6), new SelfAttention(1 + r.NextInt(3))),
        ["statistics"] = r => (Of(r, 3), new StatisticsPooling { Epsilon = 0.01 }),
        ["crop"] = r => (Of(r, 3), new Crop(1)),
        ["dropout"] = r => (Grid(r, 9), new DropoutLayer(0.4)),
        ["spatial dropout"] = r => (Grid(r, 9), new DropoutLayer(0.4) { IsSpatial = true }),
        ["LSTM"] = r => (Series(r), new Lstm(Number(r, 9)) { GivesSequence = r.NextInt(2) == 0 }),
        ["GRU"] = r => (Series(r), new Gru(Number(r, 9)) { GivesSequence = r.NextInt(2) == 0 }),
        ["LSTM with an initial state"] = r => (
            Series(r), Branches.Bidirectional(new Lstm(Number(r, 9)) { LearnsInitialState = true })),
        ["GRU with an initial state"] = r => (
            Series(r), Branches.Bidirectional(new Gru(Number(r, 9)) { LearnsInitialState = true })),
        ["GRU that resets first"] = r => (Series(r), Branches.Bidirectional(
            new Gru(Number(r, 9)) { ResetsFirst = true, LearnsInitialState = true, GivesSequence = r.NextInt(2) == 0 })),
        ["bidirectional LSTM"] = r => (Series(r), Branches.Bidirectional(new Lstm(Number(r, 9)))),
        ["bidirectional GRU"] = r => (Series(r), Branches.Bidirectional(new Gru(3) { GivesSequence = true })),
        ["attention"] = r => (Series(r), new AttentionPooling(Number(r, 9)) { HasDeviation = r.NextInt(2) == 0 }),
        ["residual"] = r => (
            Of(r, 3), Branches.Residual(new Convolution(3, Extent.Square(3)), new Tanh(), new Dense(3))),
        ["squeeze and excitation"] = r => (
            Of(r, 3),
            new Branches(Joining.Product, [], [new Pooling(PoolingKind.Average), new Dense(3), new Sigmoid()])),
        ["Gaussian sampling"] = r => (Of(r, 2 * Number(r, 5)), new GaussianSampling(0)),
        ["softmax"] = r => (Grid(r, 9), new Softmax()),
        ["log-softmax"] = r => (Grid(r, 9), new Softmax(IsLogarithm: true)),
        ["ReLU"] = r => (Grid(r, 9), new Relu()),
        ["leaky ReLU"] = r => (Grid(r, 9), new LeakyRelu()),
        ["ELU"] = r => (Grid(r, 9), new Elu()),
        ["GELU"] = r => (Grid(r, 9), new Gelu()),
        ["exact GELU"] = r => (Grid(r, 9), new Gelu(IsApproximate: false)),
        ["SiLU"] = r => (Grid(r, 9), new Silu()),
        ["tanh"] = r => (Grid(r, 9), new Tanh()),
        ["sigmoid"] = r => (Grid(r, 9), new Sigmoid()),
        ["softplus"] = r => (Grid(r, 9), new Softplus()),
        ["activations in place"] = r => (
            Of(r, 5),
            Branches.Residual(
                new Dense(5), new Elu(), new Dense(4), new LeakyRelu(), new Dense(3), new Tanh(),
                new Dense(5), new DropoutLayer(0.2), new Dense(5), new Sigmoid())),
        ["activations after each other"] = r => (
            Of(r, 5), Branches.Residual(new Dense(5), new Tanh(), new LeakyRelu(), new Sigmoid(), new DropoutLayer(0.2))),
    };

    private static readonly Dictionary<string, Objective> Losses = new()
    {
        ["cross-entropy"] = new CrossEntropyObjective(0.1) { ClassWeights = [0.5, 2, 1] },
        ["logistic"] = new BinaryObjective(0.1),
        ["squared"] = new SquaredErrorObjective(),
        ["Huber"] = new HuberObjective(0.5),
        ["concordance"] = new ConcordanceObjective(),
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_gives_the_gradient_of_what_it_computes(string name)
    {
        for (int seed = 0; seed < 6; seed++)
        {
            SeededRandom random = new(SeededRandom.Derive(seed, name));
            (GridShape input, Layer layer) = Makers[name](random);
            Network network = new(input, layer);
            NetworkProbe<double> probe = new(network, Number(random, 11), seed: seed);
            double[] x = Gaussian(random, probe.Batch.Count * input.Size);
            double[] upstream = Gaussian(random, probe.Batch.Count * network.Output.Size);
            foreach ((PlanStep step, int s) in network.Plan.Steps.Select((step, s) => (step, s)))
            {
                for (int p = 0; p < step.Parameters.Count; p++)
                {
                    if (step.Parameters[p].Spec.IsTrained)
                    {
                        probe.Set(s, p, Gaussian(random, step.Parameters[p].Spec.Length, 0.5));
                    }
                }
            }

            probe.Forward(x);
            double[] gradient = probe.Backward(upstream);
            double Value(double[] inputs) => probe.Forward(inputs).Zip(upstream, (y, u) => y * u).Sum();
            for (int k = 0; k < 5; k++)
            {
                int i = random.NextInt(x.Length);
                Assert.Equal(Difference(x, i, Value), gradient[i], Tolerance);
            }

            CheckParameters(network, probe, random, () => Value(x));
        }
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void A_loss_gives_its_own_gradient(string name)
    {
        SeededRandom random = new(7);
        double[] outputs = Gaussian(random, 12);
        double[] targets = [.. outputs.Select(_ => random.NextDouble())];
        double[] gradient = new double[12];
        Losses[name].Evaluate<double>(outputs, targets, 3, gradient);
        double Value(double[] values) => Losses[name].Evaluate<double>(values, targets, 3, new double[12]);
        for (int i = 0; i < outputs.Length; i++)
        {
            Assert.Equal(Difference(outputs, i, Value), gradient[i], Tolerance);
        }
    }

    private static void CheckParameters(Network network, NetworkProbe<double> probe, SeededRandom random, Func<double> value)
    {
        for (int s = 0; s < network.Plan.Steps.Count; s++)
        {
            for (int p = 0; p < network.Plan.Steps[s].Parameters.Count; p++)
            {
                if (!network.Plan.Steps[s].Parameters[p].Spec.IsTrained)
                {
                    continue;
                }

                double[] gradient = probe.Gradient(s, p);
                for (int k = 0; k < 3; k++)
                {
                    int i = random.NextInt(gradient.Length);
                    double[] values = probe.Parameter(s, p).ToArray();
                    double slope = Difference(values, i, moved =>
                    {
                        probe.Set(s, p, moved);
                        return value();
                    });
                    probe.Set(s, p, values);
                    Assert.Equal(slope, gradient[i], Tolerance);
                }
            }
        }
    }

    private static double Difference(double[] at, int index, Func<double[], double> function)
    {
        double[] above = [.. at];
        double[] below = [.. at];
        above[index] += Step;
        below[index] -= Step;
        return (function(above) - function(below)) / (2 * Step);
    }

    private static double[] Gaussian(SeededRandom random, int count, double spread = 1) =>
        [.. Enumerable.Range(0, count).Select(_ => spread * random.NextGaussian())];

    private static int Number(SeededRandom random, int most) => 1 + random.NextInt(most);

    private static Extent Window(SeededRandom random, int rows, int columns) =>
        new(Number(random, rows), Number(random, columns));

    private static GridShape Grid(SeededRandom random, int channels) => Of(random, Number(random, channels));

    private static GridShape Of(SeededRandom random, int channels) => new(Number(random, 6), Number(random, 7), channels);

    private static GridShape Series(SeededRandom random) => GridShape.Series(Number(random, 5), Number(random, 9));
}
