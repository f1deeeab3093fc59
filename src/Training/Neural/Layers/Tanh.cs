using System.Numerics;
using SerLab.Core.Kernels;

namespace SerLab.Training.Neural.Layers;

/// <summary>The hyperbolic tangent.</summary>
public sealed record Tanh : Pointwise
{
    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new PointwisePass<T, Function>(site);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights) =>
        GridGraph.Each(inputs[0], x => graph.Onnx.Apply("Tanh", [x]));

    private protected override string Describe() => "tanh";

    private readonly struct Function : IPointwiseFunction
    {
        public static Vector<T> Value<T>(Vector<T> x, T parameter)
            where T : unmanaged, IFloatingPointIeee754<T> =>
            Lanes.Tanh(x);

        public static Vector<T> Slope<T>(Vector<T> x, Vector<T> y, T parameter)
            where T : unmanaged, IFloatingPointIeee754<T> =>
            Vector<T>.One - (y * y);
    }
}
