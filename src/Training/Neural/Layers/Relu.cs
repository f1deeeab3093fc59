using System.Numerics;

namespace SerLab.Training.Neural.Layers;

/// <summary>Rectified linear unit: max(0, x); its slope at 0 is 0.</summary>
public sealed record Relu : Pointwise
{
    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new PointwisePass<T, Function>(site);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights) =>
        GridGraph.Each(inputs[0], x => graph.Onnx.Apply("Relu", [x]));

    private protected override string Describe() => "ReLU";

    private readonly struct Function : IPointwiseFunction
    {
        public static Vector<T> Value<T>(Vector<T> x, T parameter)
            where T : unmanaged, IFloatingPointIeee754<T> =>
            Vector.MaxNative(Vector<T>.Zero, x);

        public static Vector<T> Slope<T>(Vector<T> x, Vector<T> y, T parameter)
            where T : unmanaged, IFloatingPointIeee754<T> =>
            Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<T>.Zero), Vector<T>.One, Vector<T>.Zero);
    }
}
