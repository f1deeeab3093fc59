using FsCheck.Fluent;
using SerLab.Core;
using SerLab.Onnx.Runtime;
using Xunit;

namespace SerLab.Onnx.Tests;

/// <summary>The operators of networks against their definitions, where the standard's own tests do not reach.</summary>
public class NetworkOperatorTests
{
    private static readonly float[] Points = [-4, -1, -0.5f, 0, 0.5f, 1, 4];

    [Theory]
    [InlineData("LeakyRelu", new[] { -0.04, -0.01, -0.005, 0, 0.5, 1, 4 })]
    [InlineData("HardSigmoid", new[] { 0, 0.3, 0.4, 0.5, 0.6, 0.7, 1 })]
    [InlineData("HardSwish", new[] { 0, -1.0 / 3, -5.0 / 24, 0, 7.0 / 24, 2.0 / 3, 4 })]
    [InlineData("ThresholdedRelu", new double[] { 0, 0, 0, 0, 0, 0, 4 })]
    [InlineData("Celu", new[] { -0.981684361, -0.632120559, -0.393469340, 0, 0.5, 1, 4 })]
    [InlineData("Selu", new[] { -1.725898738, -1.111330738, -0.691758250, 0, 0.525350511, 1.050701022, 4.202804089 })]
    public void Activations_follow_their_formula(string operation, double[] expected) =>
        AssertNear(expected, Run(Points, [7], (graph, x) => graph.Apply(operation, [x])), 1e-6);

    [Fact]
    public void A_slope_per_channel_bends_what_is_negative() => Assert.Equal(
        [-2, 1, -30, 4],
        Run([-1, 1, -3, 4], [1, 2, 2], (graph, x) => graph.Apply("PRelu", [x, graph.Constant([2, 10], 2, 1)])));

    [Fact]
    public void A_convolution_is_its_definition_for_all_strides_dilations_pads_and_groups() => Prop.ForAll(
        Gen.Choose(1, int.MaxValue).ToArbitrary(),
        seed =>
        {
            SeededRandom random = new(seed);
            int Pick(int from, int to) => from + (int)(random.NextDouble() * (to - from + 1));
            (int groups, int inputs, int outputs, int batch) = (Pick(1, 3), Pick(1, 3), Pick(1, 3), Pick(1, 3));
            (int kernel, int width) = (Pick(1, 3), Pick(1, 3));
            (int stride, int across) = (Pick(1, 3), Pick(1, 3));
            (int dilation, int before, int after) = (Pick(1, 2), Pick(0, 2), Pick(0, 2));
            (int rows, int columns) = (Pick(5, 9), Pick(5, 40));
            float[] x = Numbers(random, batch * groups * inputs * rows * columns);
            float[] w = Numbers(random, groups * outputs * inputs * kernel * width);
            float[] bias = Numbers(random, groups * outputs);

            float[] actual = Run(x, [batch, groups * inputs, rows, columns], (graph, value) => graph.Apply(
                "Conv",
                [value, graph.Constant(w, groups * outputs, inputs, kernel, width), graph.Constant(bias, groups * outputs)],
                OnnxAttribute.Of("group", (long)groups),
                OnnxAttribute.Of("strides", [(long)stride, across]),
                OnnxAttribute.Of("dilations", [(long)dilation, 1]),
                OnnxAttribute.Of("pads", [(long)before, after, after, before])));

            int down = ((rows + before + after - (((kernel - 1) * dilation) + 1)) / stride) + 1;
            int along = ((columns + after + before - width) / across) + 1;
            List<double> expected = [];
            for (int at = 0; at < batch * groups * outputs * down * along; at++)
            {
                (int n, int o) = (at / (along * down * groups * outputs), at / (along * down) % (groups * outputs));
                (int i, int j) = (at / along % down, at % along);
                double sum = bias[o];
                for (int k = 0; k < inputs * kernel * width; k++)
                {
                    (int c, int r, int s) = (k / (kernel * width), k / width % kernel, k % width);
                    int row = (i * stride) - before + (r * dilation);
                    int column = (j * across) - after + s;
                    if (row >= 0 && row < rows && column >= 0 && column < columns)
                    {
                        int channel = (o / outputs * inputs) + c;
                        sum += w[(o * inputs * kernel * width) + k]
                            * (double)x[((((n * groups * inputs) + channel) * rows) + row) * columns + column];
                    }
                }

                expected.Add(sum);
            }

            AssertNear([.. expected], actual, 1e-4);
        }).Holds();

    [Theory]
    [InlineData(1, 1, 1, 0)]
    [InlineData(2, 2, 2, 1)]
    [InlineData(3, 1, 1, 2)]
    public void A_transposed_convolution_is_the_transpose_of_the_convolution(int groups, int stride, int dilation, int pad)
    {
        // ⟨conv(x), y⟩ = ⟨x, transposed(y)⟩ for all x and y, with the same weights.
        const int length = 25;
        SeededRandom random = new(7);
        float[] w = Numbers(random, 2 * groups * 3 * 3);
        float[] x = Numbers(random, 3 * groups * length);
        OnnxAttribute[] attributes =
        [
            OnnxAttribute.Of("group", (long)groups), OnnxAttribute.Of("strides", [(long)stride]),
            OnnxAttribute.Of("dilations", [(long)dilation]), OnnxAttribute.Of("pads", [(long)pad, pad]),
        ];
        float[] forwards = Run(x, [1, 3 * groups, length], (graph, value) =>
            graph.Apply("Conv", [value, graph.Constant(w, 2 * groups, 3, 3)], attributes));
        int windows = forwards.Length / (2 * groups);
        float[] y = Numbers(random, forwards.Length);
        int Plain(int count) => ((count - 1) * stride) + (2 * dilation) + 1 - (2 * pad);

        float[] back = Run(y, [1, 2 * groups, windows], (graph, value) => graph.Apply(
            "ConvTranspose",
            [value, graph.Constant(w, 2 * groups, 3, 3)],
            [.. attributes, OnnxAttribute.Of("output_padding", [(long)(length - Plain(windows))])]));

        Assert.Equal(x.Length, back.Length);
        Assert.Equal(Product(forwards, y), Product(x, back), 1e-3);
    }

    [Fact]
    public void Both_directions_are_the_one_and_the_other()
    {
        SeededRandom random = new(11);
        (int steps, int width, int units) = (5, 3, 4);
        float[] w = Numbers(random, 2 * 4 * units * width);
        float[] r = Numbers(random, 2 * 4 * units * units);
        float[] b = Numbers(random, 2 * 8 * units);
        float[] x = Numbers(random, steps * width);
        float[] Answer(string direction, int first, int count) => Run(x, [steps, 1, width], (graph, value) => graph.ApplyMany(
            "LSTM",
            3,
            [
                value,
                graph.Constant(Half(w, first, count), count, 4 * units, width),
                graph.Constant(Half(r, first, count), count, 4 * units, units),
                graph.Constant(Half(b, first, count), count, 8 * units),
            ],
            OnnxAttribute.Of("direction", direction),
            OnnxAttribute.Of("hidden_size", (long)units))[0]);

        float[] both = Answer("bidirectional", 0, 2);

        float[] forwards = Answer("forward", 0, 1);
        float[] backwards = Answer("reverse", 1, 1);
        Assert.Equal(
            Enumerable.Range(0, steps).SelectMany(t =>
                forwards.AsSpan(t * units, units).ToArray().Concat(backwards.AsSpan(t * units, units).ToArray())),
            both);
    }

    [Fact]
    public void Scaling_between_two_elements_starts_half_an_element_in() => AssertNear(
        [1, 1.25, 1.75, 2],
        Run([1, 2], [1, 2], (graph, x) => graph.Apply(
            "Resize", [x, OnnxValue.None, graph.Constant([1, 2], 2)], OnnxAttribute.Of("mode", "linear"))),
        1e-6);

    [Fact]
    public void Values_in_8_bits_come_back_within_half_a_step()
    {
        float[] back = Run(Points, [7], (graph, x) =>
        {
            OnnxValue scale = graph.Scalar(0.05f);
            return graph.Apply("DequantizeLinear", [graph.Apply("QuantizeLinear", [x, scale]), scale]);
        });

        // Without a zero point what is negative is 0.
        AssertNear([0, 0, 0, 0, 0.5, 1, 4], back, 0.025);
    }

    [Fact]
    public void Indices_of_what_is_not_zero_are_listed_axis_by_axis() => Assert.Equal(
        [0, 1, 1, 1, 0, 2],
        Run([0, 3, 0, 4, 0, 5], [2, 3], (graph, x) => graph.Cast(graph.Apply("NonZero", [x]), OnnxElement.Float)));

    [Fact]
    public void Weights_in_16_bits_are_computed_in_32() => Assert.Equal(
        [2.5f, 4, -1],
        Run([1, 2, -3], [3], (graph, x) =>
        {
            OnnxValue half = graph.Cast(graph.Constant([1.5f, 2, 2], 3), OnnxElement.Float16);
            return graph.Cast(graph.Add(graph.Cast(x, OnnxElement.Float16), half), OnnxElement.Float);
        }));

    [Fact]
    public void A_tensor_that_is_given_twice_is_not_computed_over()
    {
        float[] sums = Run([1, 2, 3], [3], (graph, x) =>
        {
            OnnxValue twice = graph.Add(x, x);
            OnnxValue once = graph.Apply("Neg", [x]);
            return graph.Apply("Sum", [twice, once, graph.Reshape(twice, 3)]);
        });

        Assert.Equal([3, 6, 9], sums);
    }

    private static void AssertNear(double[] expected, float[] actual, double tolerance) => Assert.Equal(
        expected, actual.Select(value => (double)value), (a, b) => Math.Abs(a - b) <= tolerance);

    private static float[] Numbers(SeededRandom random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];

    private static float[] Half(float[] values, int first, int count) =>
        values.AsSpan(first * values.Length / 2, count * values.Length / 2).ToArray();

    private static double Product(float[] first, float[] second) => first.Zip(second, (a, b) => a * (double)b).Sum();

    private static float[] Run(float[] values, int[] shape, Func<OnnxGraph, OnnxValue, OnnxValue> build)
    {
        OnnxGraph graph = new("test");
        OnnxValue x = graph.Input("x", OnnxElement.Float, [.. shape.Select(size => (OnnxDimension)size)]);
        graph.Output("y", build(graph, x), OnnxElement.Float, [OnnxDimension.Batch]);
        OnnxModel model = OnnxModel.Parse(graph.ToBytes("1", "", []), "test");
        return ((Tensor<float>)model.Run(
            new Dictionary<string, Tensor> { ["x"] = new Tensor<float>(values, shape) })["y"]).Values.ToArray();
    }
}
