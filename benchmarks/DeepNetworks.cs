using System.Diagnostics;
using System.Globalization;
using SerLab.Core;
using SerLab.Core.Kernels;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Losses;
using SerLab.Training.Neural.Networks;
using SerLab.Training.Neural.Optimisation;

namespace SerLab.Benchmarks;

/// <summary>
/// Training steps (forward, backward and Adam, batches of 32) of networks as the published systems use them, in GFLOP/s: three
/// times the operations of the forward pass over the time of the best step. Beside each the rate of PyTorch 1.13 on one thread of
/// a machine of the same kind, and between them the rate of a bare matrix product that stays in the cache: on a machine that
/// others use too only the relation of the two says something.
/// </summary>
internal static class DeepNetworks
{
    private const int Batch = 32;
    private const double Seconds = 3;

    private static IReadOnlyList<Comparison> All =>
    [
        new("autoencoder 16x8", 41.2, new(
            new GridShape(16, 8, 1),
            Convolve(32), new Relu(), Halve(),
            Convolve(64), new Relu(), Halve(),
            Convolve(64), new Relu(), new UpSampling(Extent.Square(2)),
            Convolve(32), new Relu(), new UpSampling(Extent.Square(2)),
            Convolve(1), new Sigmoid())),
        new("conv 64x64, 8-16-32-64", 25.8, new(
            new GridShape(64, 64, 1),
            [.. Block(8), .. Block(16), .. Block(32), .. Block(64), new Pooling(PoolingKind.Average), new Dense(8)])),
        new("conv-lstm 64x64", 12.9, new(
            new GridShape(64, 64, 1),
            [
                .. Block(8), .. Block(16), new Pooling(PoolingKind.Average, new Extent(1, 16)), new AsSeries(),
                new Lstm(48), new Dense(8),
            ])),
        new("series 128x3, conv + bilstm", 19.3, new(
            GridShape.Series(128, 3),
            new Convolution(32, Extent.Series(5)), new Relu(), new Pooling(PoolingKind.Max, Extent.Series(2)),
            new Convolution(64, Extent.Series(3)), new Relu(), new Pooling(PoolingKind.Max, Extent.Series(2)),
            Branches.Bidirectional(new Lstm(32)), new Dense(8))),
        new("wide 1-D 112x69", 63.2, new(
            GridShape.Series(112, 69),
            [.. Wide(1), .. Wide(2), .. Wide(4), .. Wide(8), new Pooling(PoolingKind.Average), new Dense(8)])),
        new("2 lstm of 128, 30x54", 49.8, new(
            GridShape.Series(30, 54), new Lstm(128) { GivesSequence = true }, new Lstm(128), new Dense(1))),
        new("songs 128x216, 3.5 million", 38.2, new(
            new GridShape(128, 216, 1),
            [.. Block(16, 5), .. Block(32, 5), new Flatten(), new Dense(64), new Relu(), new Dense(1)])),
    ];

    /// <summary>Measures all networks on one thread and on two.</summary>
    public static void Measure(TextWriter output)
    {
        output.WriteLine("network: parameters, MFLOP per clip; GFLOP/s on one thread, on two; PyTorch on one; bare product");
        foreach (Comparison comparison in All)
        {
            Steps one = new(comparison.Network, 1);
            Steps two = new(comparison.Network, 2);
            Product product = new();
            Stopwatch watch = Stopwatch.StartNew();
            while (watch.Elapsed.TotalSeconds < Seconds)
            {
                one.Measure();
                two.Measure();
                product.Measure();
            }

            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{comparison.Name}: {comparison.Network.ParameterCount:N0}, {comparison.Network.Operations / 1e6:F3}; "
                + $"{one.Rate:F1}, {two.Rate:F1}; {comparison.PyTorch:F1}; {product.Rate:F1}"));
        }
    }

    private static Convolution Convolve(int channels) => new(channels, Extent.Square(3));

    private static Pooling Halve() => new(PoolingKind.Max, Extent.Square(2));

    private static Layer[] Block(int channels, int kernel = 3) =>
        [new Convolution(channels, Extent.Square(kernel)) { HasBias = false }, new BatchNormalisation(), new Relu(), Halve()];

    private static Layer[] Wide(int dilation) =>
    [
        new Convolution(96, Extent.Series(3)) { Dilation = Extent.Series(dilation), HasBias = false },
        new BatchNormalisation(),
        new Relu(),
    ];

    private sealed record Comparison(string Name, double PyTorch, Network Network);

    // Work that is measured again and again; the best time counts.
    private abstract class Measured
    {
        private double best = double.MaxValue;

        public double Rate => Operations / best / 1e9;

        protected abstract double Operations { get; }

        public void Measure()
        {
            long start = Stopwatch.GetTimestamp();
            Work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        protected abstract void Work();
    }

    private sealed class Steps : Measured
    {
        private readonly Network network;
        private readonly NetworkRun<float> run;
        private readonly UpdateState<float> update;
        private readonly BatchRun batch = new(Batch, true, [.. Enumerable.Range(0, Batch).Select(n => (long)n)]);
        private readonly float[] targets;

        public Steps(Network network, int threads)
        {
            this.network = network;
            run = new NetworkRun<float>(network, network.InitialParameters<float>(1), Batch, learns: true, threads);
            update = new AdamRule().Start<float>(network.Plan.TrainedLength);
            targets = new float[Batch * network.Output.Size];
            SeededRandom random = new(1);
            for (int n = 0; n < Batch; n++)
            {
                foreach (ref float value in run.Input(n))
                {
                    value = (float)random.NextGaussian();
                }
            }
        }

        protected override double Operations => 3.0 * Batch * network.Operations;

        protected override void Work()
        {
            run.Forward(batch);
            new SquaredErrorObjective().Evaluate<float>(
                run.Outputs(Batch), targets, network.Output.Size, run.OutputGradients(Batch));
            run.Backward(batch);
            update.Begin(1e-4);
            update.Move(run.Parameters, run.Gradients, 0);
            run.ParametersChanged();
        }
    }

    private sealed class Product : Measured
    {
        private const int Rows = 1024;
        private const int Depth = 72;
        private const int Columns = 16;

        private readonly float[] left = new float[Rows * Depth];
        private readonly float[] right = new float[(Depth * Columns) + OffsetProduct.Slack<float>()];
        private readonly float[] result = new float[Rows * Columns];
        private readonly Offsets rows = Offsets.Regular(Rows, Depth);
        private readonly Offsets depth = Offsets.Regular(Depth, 1);
        private readonly Offsets places = Offsets.Regular(Rows, Columns);

        protected override double Operations => 2.0 * Rows * Depth * Columns;

        protected override void Work() => OffsetProduct.Multiply<float>(
            new LeftOffsets<float>(left, rows, depth), new RightRows<float>(right, Columns, Columns), [], result, places);
    }
}
