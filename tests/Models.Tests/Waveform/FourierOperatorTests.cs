using SerLab.Features.Waveform;
using SerLab.Onnx;
using SerLab.Onnx.Runtime;
using Xunit;

namespace SerLab.Models.Tests.Waveform;

public class FourierOperatorTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(64)]
    [InlineData(512)]
    [InlineData(1024)]
    public void Two_matrix_products_are_the_discrete_Fourier_transform(int length)
    {
        double[] window = [.. Enumerable.Range(0, length).Select(n => 1 + (0.5 * Math.Sin(n)))];
        float[] frames = TestSignals.Noise(2 * 2 * length, 1);
        OnnxGraph graph = new("spectra");
        OnnxValue x = graph.Input("x", OnnxElement.Float, [2, 2, length]);
        graph.Output("y", FourierOperators.Powers(graph, x, window), OnnxElement.Double, [2, 2, (length / 2) + 1]);
        OnnxModel model = OnnxModel.Parse(graph.ToBytes("1", "", []), "spectra");

        Tensor<double> powers =
            (Tensor<double>)model.Run(new Dictionary<string, Tensor> { ["x"] = new Tensor<float>(frames, 2, 2, length) })["y"];

        Assert.Equal([2, 2, (length / 2) + 1], powers.Shape);
        double[] expected = [.. frames.Chunk(length).SelectMany(frame => Powers(frame, window))];
        double tolerance = 1e-12 * expected.Max();
        Assert.Equal(expected, powers.Values.ToArray(), (a, b) => Math.Abs(a - b) <= tolerance);
    }

    private static IEnumerable<double> Powers(float[] frame, double[] window)
    {
        int length = frame.Length;
        for (int k = 0; k <= length / 2; k++)
        {
            double real = 0;
            double imaginary = 0;
            for (int n = 0; n < length; n++)
            {
                double angle = 2 * Math.PI * ((long)n * k % length) / length;
                real += frame[n] * window[n] * Math.Cos(angle);
                imaginary -= frame[n] * window[n] * Math.Sin(angle);
            }

            yield return (real * real) + (imaginary * imaginary);
        }
    }
}
