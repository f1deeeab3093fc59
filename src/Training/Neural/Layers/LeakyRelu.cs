using System.Numerics;
using SerLab.Onnx;

namespace SerLab.Training.Neural.Layers;

/// <summary>Leaky rectified linear unit: x where positive, else slope · x.</summary>
/// <param name="Slope">The slope for negative x; default 0.3, Keras's (PyTorch's is 0.01).</param>
public sealed record LeakyRelu(double Slope = 0.3) : Pointwise
{
    /// <inheritdoc/>
    internal override bool WorksInPlace => Slope > 0;

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new PointwisePass<T, Function>(site, Slope);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights) =>
        GridGraph.Each(inputs[0], x => graph.Onnx.Add(
            graph.Onnx.Apply("Relu", [x]),
            graph.Onnx.Multiply(graph.Onnx.Apply("Min", [x, graph.Onnx.Scalar(0)]), graph.Onnx.Scalar((float)Slope))));

    private protected override string Describe() => $"Leaky ReLU {Slope}";

    private readonly struct Function : IPointwiseFunction
    {
        public static Vector<T> Value<T>(Vector<T> x, T parameter)
            where T : unmanaged, IFloatingPointIeee754<T> =>
            Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<T>.Zero), x, x * parameter);

        public static Vector<T> Slope<T>(Vector<T> x, Vector<T> y, T parameter)
            where T : unmanaged, IFloatingPointIeee754<T> =>
            Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<T>.Zero), Vector<T>.One, new Vector<T>(parameter));
    }
}
