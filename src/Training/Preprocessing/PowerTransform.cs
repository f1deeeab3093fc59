using SerLab.Core;
using SerLab.Onnx;

namespace SerLab.Training.Preprocessing;

/// <summary>What <see cref="PowerScaler"/> fits: a power per feature, then an offset and a scale, all in float64.</summary>
internal sealed class PowerTransform(double[] exponents, double[] mean, double[] scale) : ITransform
{
    // (e^(ku) - 1) / k goes to u for small k; with |k| never below this, the limit needs no branch and costs no digit.
    private const double SmallestPower = 1e-8;

    /// <summary>The exponent λ of every feature.</summary>
    public ReadOnlySpan<double> Exponents => exponents;

    /// <summary>
    /// Yeo and Johnson's transform: sign(x) · ((1 + |x|)^k − 1) / k, where k is λ for x ≥ 0 and 2 − λ for x &lt; 0.
    /// </summary>
    public static double YeoJohnson(double x, double exponent)
    {
        double k = Power(x < 0 ? 2 - exponent : exponent);
        return Math.Sign(x) * (Math.Exp(k * Math.Log(1 + Math.Abs(x))) - 1) / k;
    }

    /// <inheritdoc/>
    public Examples Apply(Examples examples) => ScalerMath.Apply(examples, exponents.Length, (row, changed) =>
    {
        for (int j = 0; j < row.Length; j++)
        {
            changed[j] = (float)((YeoJohnson(row[j], exponents[j]) - mean[j]) * scale[j]);
        }
    });

    /// <inheritdoc/>
    public OnnxValue AddTo(OnnxGraph graph, OnnxValue examples)
    {
        OnnxValue x = graph.Cast(examples, OnnxElement.Double);
        OnnxValue sign = graph.Apply("Sign", [x]);
        OnnxValue k = graph.Apply(
            "Where",
            [
                graph.Apply("Less", [x, graph.Doubles([0])]),
                graph.Doubles([.. exponents.Select(exponent => Power(2 - exponent))], exponents.Length),
                graph.Doubles([.. exponents.Select(Power)], exponents.Length),
            ]);
        OnnxValue logarithm = graph.Apply("Log", [graph.Add(graph.Multiply(x, sign), graph.Doubles([1]))]);
        OnnxValue grown = graph.Subtract(graph.Apply("Exp", [graph.Multiply(k, logarithm)]), graph.Doubles([1]));
        OnnxValue changed = graph.Divide(graph.Multiply(sign, grown), k);
        return graph.Cast(
            graph.Multiply(graph.Subtract(changed, graph.Doubles(mean, mean.Length)), graph.Doubles(scale, scale.Length)),
            OnnxElement.Float);
    }

    private static double Power(double k) => Math.Abs(k) < SmallestPower ? SmallestPower : k;
}
