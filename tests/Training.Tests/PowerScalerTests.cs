using SerLab.Core;
using SerLab.Onnx;
using SerLab.Onnx.Runtime;
using SerLab.Training.Preprocessing;
using Xunit;

namespace SerLab.Training.Tests;

public class PowerScalerTests
{
    private const int Count = 40;

    // Long tails to the right and left, a cube, a constant, few values near zero, and an even spread.
    private static readonly FeatureMatrix Rows = FeatureMatrix.FromRows(
        [
            .. Enumerable.Range(0, Count).Select(i => (float[])
            [
                (float)Math.Exp(2 * Math.Sin(i * 1.7)),
                (float)((Math.Pow(Math.Sin(i * 0.9), 3) * 4) - 1),
                7,
                (float)(Math.Pow(i % 7, 4) / 1000),
                (float)-Math.Exp(3 * Math.Cos(i * 0.37)),
                (float)((i + 0.5) / Count),
            ]),
        ],
        6);

    [Fact]
    public void Exponents_and_values_are_those_of_scikit_learns_power_transformer()
    {
        PowerTransform transform = (PowerTransform)new PowerScaler().Fit(Rows);
        FeatureMatrix scaled = (FeatureMatrix)transform.Apply(Rows);

        // scikit-learn 1.2.1, PowerTransformer(); it gives the constant column an exponent of no meaning.
        double[] exponents = [-0.51988548, 1.02238867, 1, -3.35459638, 2.31644788, 0.74829808];
        Assert.Equal(exponents, transform.Exponents.ToArray(), Near(1e-5));
        double[][] expected =
        [
            [-0.172594646, -0.0736792882, 0, -0.960101509, -1.45082478, -1.73863353],
            [1.45861629, 0.812874827, 0, -0.950669521, -1.34656116, -1.64365499],
            [1.17805027, -1.74775400, 0, 1.30486856, 0.773735027, -1.26932020],
            [-0.941768312, 0.0399617082, 0, -0.312199376, -1.45078989, -0.192384197],
        ];
        foreach ((int row, int k) in new[] { (0, 0), (1, 1), (5, 2), (17, 3) })
        {
            Assert.Equal(expected[k], scaled.Row(row).ToArray().Select(value => (double)value), Near(2e-5));
        }
    }

    [Fact]
    public void New_rows_far_outside_are_answered_alike_in_onnx()
    {
        ITransform transform = new PowerScaler().Fit(Rows);
        FeatureMatrix far = FeatureMatrix.FromRows(
            [[0, 0, 0, 0, 0, 0], [50, -9, 7, 1, -500, 3], [-3, 9, 8, -0.001f, 4, -1]], 6);
        OnnxGraph graph = new("power");
        OnnxValue input = graph.Input("x", OnnxElement.Float, [OnnxDimension.Batch, 6]);
        graph.Output("y", transform.AddTo(graph, input), OnnxElement.Float, [OnnxDimension.Batch, 6]);

        Tensor<float> answer = (Tensor<float>)OnnxModel.Parse(graph.ToBytes("0", "", []), "power")
            .Run(new Dictionary<string, Tensor> { ["x"] = new Tensor<float>(far.Values.ToArray(), [3, 6]) })["y"];

        FeatureMatrix own = (FeatureMatrix)transform.Apply(far);
        Assert.All(own.Values.ToArray().Zip(answer.Values.ToArray()), pair =>
            Assert.Equal(pair.First, pair.Second, 1e-5f * Math.Max(1, Math.Abs(pair.First))));
        Assert.All(own.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Features_of_any_size_far_from_zero_keep_their_spread()
    {
        FeatureMatrix rows = FeatureMatrix.FromRows(
            [
                .. Enumerable.Range(0, Count).Select(i => (float[])
                [
                    1000 + (i % 7),
                    (float)(-500 - (100 * Math.Sin(i))),
                    (float)(3000 + (1000 * Math.Pow(Math.Sin(i), 3))),
                    (float)(1e12 * (1.5 + Math.Sin(i))),
                    (float)(-1e30 * (2 + Math.Cos(i))),
                    (float)(1e-6 * Math.Sin(i)),
                ]),
            ],
            6);

        FeatureMatrix scaled = (FeatureMatrix)new PowerScaler().Fit(rows).Apply(rows);

        for (int j = 0; j < rows.Columns; j++)
        {
            double[] values = [.. Enumerable.Range(0, Count).Select(i => (double)scaled[i, j])];
            Assert.Equal(0, values.Average(), 1e-4);
            Assert.Equal(1, values.Average(value => value * value), 1e-3);
            Assert.Equal(
                Enumerable.Range(0, Count).OrderBy(i => rows[i, j]).Select(i => rows[i, j]),
                Enumerable.Range(0, Count).OrderBy(i => scaled[i, j]).ThenBy(i => rows[i, j]).Select(i => rows[i, j]));
        }
    }

    private static Func<double, double, bool> Near(double tolerance) => (a, b) => Math.Abs(a - b) <= tolerance;
}
