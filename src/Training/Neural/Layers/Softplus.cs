using System.Numerics;
using SerLab.Core.Kernels;
using SerLab.Onnx;

namespace SerLab.Training.Neural.Layers;

/// <summary>ln(1 + eˣ).</summary>
public sealed record Softplus : Pointwise
{
    /// <inheritdoc/>
    internal override bool WorksInPlace => false;

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new PointwisePass<T, Function>(site);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights) =>
        GridGraph.Each(inputs[0], x => graph.Onnx.Add(
            graph.Onnx.Apply("Relu", [x]),
            graph.Onnx.Apply("Log", [graph.Onnx.Add(
                graph.Onnx.Scalar(1),
                graph.Onnx.Apply("Exp", [graph.Onnx.Apply("Neg", [graph.Onnx.Apply("Abs", [x])])]))])));

    private protected override string Describe() => "softplus";

    private readonly struct Function : IPointwiseFunction
    {
        public static Vector<T> Value<T>(Vector<T> x, T parameter)
            where T : unmanaged, IFloatingPointIeee754<T> =>
            Vector.Max(x, Vector<T>.Zero) + Lanes.Log(Vector<T>.One + Lanes.Exp(-Vector.Abs(x)));

        public static Vector<T> Slope<T>(Vector<T> x, Vector<T> y, T parameter)
            where T : unmanaged, IFloatingPointIeee754<T> =>
            Lanes.Sigmoid(x);
    }
}
