using System.Numerics;
using SerLab.Onnx;

namespace SerLab.Training.Neural.Layers;

/// <summary>x / 5 + 1 / 2, held within 0 and 1: Keras 2's.</summary>
public sealed record HardSigmoid : Pointwise
{
    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new PointwisePass<T, Function>(site);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights) =>
        GridGraph.Each(inputs[0], x => graph.Onnx.Apply(
            "Clip",
            [
                graph.Onnx.Add(graph.Onnx.Multiply(x, graph.Onnx.Scalar(0.2f)), graph.Onnx.Scalar(0.5f)),
                graph.Onnx.Scalar(0),
                graph.Onnx.Scalar(1),
            ]));

    private protected override string Describe() => "hard sigmoid";

    private readonly struct Function : IPointwiseFunction
    {
        public static Vector<T> Value<T>(Vector<T> x, T parameter)
            where T : unmanaged, IFloatingPointIeee754<T> => Vector.Min(
            Vector.Max((x * T.CreateTruncating(0.2)) + new Vector<T>(T.CreateTruncating(0.5)), Vector<T>.Zero),
            Vector<T>.One);

        public static Vector<T> Slope<T>(Vector<T> x, Vector<T> y, T parameter)
            where T : unmanaged, IFloatingPointIeee754<T> => Vector.ConditionalSelect(
            Vector.GreaterThan(y, Vector<T>.Zero) & Vector.LessThan(y, Vector<T>.One),
            new Vector<T>(T.CreateTruncating(0.2)),
            Vector<T>.Zero);
    }
}
