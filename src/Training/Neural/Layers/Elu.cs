using System.Numerics;
using SerLab.Core.Kernels;
using SerLab.Onnx;

namespace SerLab.Training.Neural.Layers;

/// <summary>Exponential linear unit: x where positive, else eˣ − 1.</summary>
public sealed record Elu : Pointwise
{
    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new PointwisePass<T, Function>(site);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights) =>
        GridGraph.Each(inputs[0], x => graph.Onnx.Add(
            graph.Onnx.Apply("Relu", [x]),
            graph.Onnx.Subtract(
                graph.Onnx.Apply("Exp", [graph.Onnx.Apply("Min", [x, graph.Onnx.Scalar(0)])]), graph.Onnx.Scalar(1))));

    private protected override string Describe() => "ELU";

    private readonly struct Function : IPointwiseFunction
    {
        public static Vector<T> Value<T>(Vector<T> x, T parameter)
            where T : unmanaged, IFloatingPointIeee754<T> => Vector.ConditionalSelect(
            Vector.GreaterThan(x, Vector<T>.Zero),
            x,
            Lanes.Exp(Vector.Min(x, Vector<T>.Zero)) - Vector<T>.One);

        public static Vector<T> Slope<T>(Vector<T> x, Vector<T> y, T parameter)
            where T : unmanaged, IFloatingPointIeee754<T> =>
            Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<T>.Zero), Vector<T>.One, y + Vector<T>.One);
    }
}
