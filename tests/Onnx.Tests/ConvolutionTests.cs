using SerLab.Onnx.Runtime;
using Xunit;

namespace SerLab.Onnx.Tests;

/// <summary>Convolutions are sums over their windows, whichever way they are computed.</summary>
public class ConvolutionTests
{
    [Theory]
    [InlineData(1, 1, 1, 500, 7, 1, 0)]
    [InlineData(3, 1, 5, 300, 3, 2, 0)]
    [InlineData(4, 2, 6, 700, 5, 1, 0)]
    [InlineData(8, 8, 8, 70, 1, 1, 0)]
    [InlineData(3, 1, 33, 64, 1, 1, 0)]
    [InlineData(3, 1, 5, 300, 3, 2, 2)]
    [InlineData(4, 2, 6, 40, 5, 1, 0)]
    public void A_series_is_convolved_as_its_definition_says(
        int channels, int groups, int outputs, int length, int kernel, int dilation, int padding)
    {
        const int batch = 3;
        int perGroup = channels / groups;
        float[] x = Numbers(batch * channels * length, 1);
        float[] w = Numbers(outputs * perGroup * kernel, 2);
        float[] bias = Numbers(outputs, 3);
        OnnxGraph graph = new("conv");
        OnnxValue input = graph.Input("x", OnnxElement.Float, [OnnxDimension.Batch, channels, length]);
        OnnxValue y = graph.Apply(
            "Conv",
            [input, graph.Constant(w, outputs, perGroup, kernel), graph.Constant(bias, outputs)],
            OnnxAttribute.Of("group", (long)groups),
            OnnxAttribute.Of("dilations", [(long)dilation]),
            OnnxAttribute.Of("pads", [(long)padding, padding]));
        graph.Output("y", y, OnnxElement.Float, [OnnxDimension.Batch]);

        Tensor<float> answer = (Tensor<float>)OnnxModel.Parse(graph.ToBytes("1", "", []), "conv").Run(
            new Dictionary<string, Tensor> { ["x"] = new Tensor<float>(x, batch, channels, length) })["y"];

        int windows = length + (2 * padding) - ((kernel - 1) * dilation);
        Assert.Equal([batch, outputs, windows], answer.Shape);
        for (int i = 0; i < answer.Length; i++)
        {
            (int n, int o, int t) = (i / (outputs * windows), i / windows % outputs, i % windows);
            double sum = bias[o];
            for (int c = 0; c < perGroup; c++)
            {
                for (int k = 0; k < kernel; k++)
                {
                    int place = t - padding + (k * dilation);
                    int channel = (o / (outputs / groups) * perGroup) + c;
                    sum += place < 0 || place >= length
                        ? 0
                        : (double)w[(((o * perGroup) + c) * kernel) + k] * x[(((n * channels) + channel) * length) + place];
                }
            }

            Assert.Equal(sum, answer.Values[i], 1e-5);
        }
    }

    private static float[] Numbers(int count, int seed) =>
        [.. Enumerable.Range(0, count).Select(i => MathF.Sin((i * 1.7f * seed) + (i % 13)))];
}
