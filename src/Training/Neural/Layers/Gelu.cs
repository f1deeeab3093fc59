using System.Numerics;
using MathNet.Numerics;
using SerLab.Core.Kernels;
using SerLab.Onnx;

namespace SerLab.Training.Neural.Layers;

/// <summary>Gaussian error linear unit (Hendrycks and Gimpel 2016): x · Φ(x), with Φ the normal distribution.</summary>
/// <param name="IsApproximate">
/// Whether to take x · σ(√(8/π) (x + 0.044715 x³)), its usual and much faster approximation; default true.
/// </param>
public sealed record Gelu(bool IsApproximate = true) : Pointwise
{
    /// <inheritdoc/>
    internal override bool WorksInPlace => false;

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) =>
        IsApproximate ? new PointwisePass<T, Approximate>(site) : new PointwisePass<T, Exact>(site);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights) => GridGraph.Each(
        inputs[0],
        x => graph.Onnx.Multiply(x, IsApproximate ? Approximate.Gate(graph.Onnx, x) : Exact.Gate(graph.Onnx, x)));

    private protected override string Describe() => IsApproximate ? "GELU" : "exact GELU";

    private readonly struct Approximate : IPointwiseFunction
    {
        private const double Cubic = 0.044715;
        private const double Scale = 1.5957691216057308;

        public static Vector<T> Value<T>(Vector<T> x, T parameter)
            where T : unmanaged, IFloatingPointIeee754<T> => x * Lanes.Sigmoid(Inner(x));

        public static Vector<T> Slope<T>(Vector<T> x, Vector<T> y, T parameter)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Vector<T> sigmoid = Lanes.Sigmoid(Inner(x));
            Vector<T> inner = (x * x * T.CreateTruncating(3 * Cubic * Scale)) + new Vector<T>(T.CreateTruncating(Scale));
            return sigmoid + (y * (Vector<T>.One - sigmoid) * inner);
        }

        public static OnnxValue Gate(OnnxGraph graph, OnnxValue x)
        {
            OnnxValue cubic = graph.Multiply(graph.Multiply(x, x), graph.Scalar((float)(Cubic * Scale)));
            return graph.Apply("Sigmoid", [graph.Multiply(x, graph.Add(cubic, graph.Scalar((float)Scale)))]);
        }

        private static Vector<T> Inner<T>(Vector<T> x)
            where T : unmanaged, IFloatingPointIeee754<T> =>
            x * ((x * x * T.CreateTruncating(Cubic * Scale)) + new Vector<T>(T.CreateTruncating(Scale)));
    }

    private readonly struct Exact : IPointwiseFunction
    {
        public static Vector<T> Value<T>(Vector<T> x, T parameter)
            where T : unmanaged, IFloatingPointIeee754<T> => x * Normal(x);

        public static Vector<T> Slope<T>(Vector<T> x, Vector<T> y, T parameter)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Vector<T> density = Lanes.Exp(x * x * T.CreateTruncating(-0.5)) * T.CreateTruncating(0.3989422804014327);
            return Normal(x) + (x * density);
        }

        public static OnnxValue Gate(OnnxGraph graph, OnnxValue x)
        {
            OnnxValue erf = graph.Apply("Erf", [graph.Multiply(x, graph.Scalar((float)Constants.Sqrt1Over2))]);
            return graph.Multiply(graph.Add(erf, graph.Scalar(1)), graph.Scalar(0.5f));
        }

        // There is no error function of vectors.
        private static Vector<T> Normal<T>(Vector<T> x)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Span<T> values = stackalloc T[Vector<T>.Count];
            x.CopyTo(values);
            foreach (ref T value in values)
            {
                value = T.CreateTruncating(0.5 * SpecialFunctions.Erfc(-double.CreateTruncating(value) * Constants.Sqrt1Over2));
            }

            return new Vector<T>(values);
        }
    }
}
