using System.Diagnostics;
using System.Globalization;
using SerLab.Core.Kernels;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Networks;

namespace SerLab.Benchmarks;

/// <summary>
/// Training steps (forward, backward and Adam, batches of 32) of networks as the published systems use them, in GFLOP/s: three
/// times the operations of the forward pass over the time of the best step, on one thread and on two. Beside each the rate of a
/// bare matrix product that stays in the cache: on a machine that others use too only the relation says something.
/// </summary>
internal static class DeepNetworks
{
    private const double Seconds = 3;

    public static IReadOnlyList<(string Name, Network Network)> All =>
    [
        ("autoencoder 16x8", new Network(
            new GridShape(16, 8, 1),
            Convolve(32), new Relu(), Halve(),
            Convolve(64), new Relu(), Halve(),
            Convolve(64), new Relu(), new UpSampling(Extent.Square(2)),
            Convolve(32), new Relu(), new UpSampling(Extent.Square(2)),
            Convolve(1), new Sigmoid())),
        ("conv 64x64, 8-16-32-64", new Network(
            new GridShape(64, 64, 1),
            [.. Block(8), .. Block(16), .. Block(32), .. Block(64), new Pooling(PoolingKind.Average), new Dense(8)])),
        ("conv-lstm 64x64", new Network(
            new GridShape(64, 64, 1),
            [
                .. Block(8), .. Block(16), new Pooling(PoolingKind.Average, new Extent(1, 16)), new AsSeries(),
                new Lstm(48), new Dense(8),
            ])),
        ("series 128x3, conv + bilstm", new Network(
            GridShape.Series(128, 3),
            new Convolution(32, Extent.Series(5)), new Relu(), new Pooling(PoolingKind.Max, Extent.Series(2)),
            new Convolution(64, Extent.Series(3)), new Relu(), new Pooling(PoolingKind.Max, Extent.Series(2)),
            Branches.Bidirectional(new Lstm(32)), new Dense(8))),
        ("wide 1-D 112x69", new Network(
            GridShape.Series(112, 69),
            [.. Wide(1), .. Wide(2), .. Wide(4), .. Wide(8), new Pooling(PoolingKind.Average), new Dense(8)])),
        ("2 lstm of 128, 30x54", new Network(
            GridShape.Series(30, 54), new Lstm(128) { GivesSequence = true }, new Lstm(128), new Dense(1))),
        ("songs 128x216, 3.5 million", new Network(
            new GridShape(128, 216, 1),
            [.. Block(16, 5), .. Block(32, 5), new Flatten(), new Dense(64), new Relu(), new Dense(1)])),
    ];

    /// <summary>Measures all networks on one thread and on two.</summary>
    public static void Measure(TextWriter output)
    {
        output.WriteLine("network: parameters, MFLOP per clip; GFLOP/s on one thread, on two; bare product");
        foreach ((string name, Network network) in All)
        {
            TrainingSteps one = new(network, 1);
            TrainingSteps two = new(network, 2);
            BareProduct product = new();
            Stopwatch watch = Stopwatch.StartNew();
            while (watch.Elapsed.TotalSeconds < Seconds)
            {
                one.Measure();
                two.Measure();
                product.Measure();
            }

            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {network.ParameterCount:N0}, {network.Operations / 1e6:F3}; "
                + $"{one.Rate:F1}, {two.Rate:F1}; {product.Rate:F1}"));
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

    private sealed class BareProduct : MeasuredWork
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

        public override void Work() => OffsetProduct.Multiply<float>(
            new LeftOffsets<float>(left, rows, depth), new RightRows<float>(right, Columns, Columns), [], result, places);
    }
}
