using System.Numerics;
using SerLab.Core.Kernels;
using SerLab.Onnx;

namespace SerLab.Training.Neural.Layers;

/// <summary>Sigmoid linear unit, also called swish: x · σ(x).</summary>
public sealed record Silu : Pointwise
{
    /// <inheritdoc/>
    internal override bool WorksInPlace => false;

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new PointwisePass<T, Function>(site);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights) =>
        GridGraph.Each(inputs[0], x => graph.Onnx.Multiply(x, graph.Onnx.Apply("Sigmoid", [x])));

    private protected override string Describe() => "SiLU";

    private readonly struct Function : IPointwiseFunction
    {
        public static Vector<T> Value<T>(Vector<T> x, T parameter)
            where T : unmanaged, IFloatingPointIeee754<T> =>
            x * Lanes.Sigmoid(x);

        public static Vector<T> Slope<T>(Vector<T> x, Vector<T> y, T parameter)
            where T : unmanaged, IFloatingPointIeee754<T> =>
            Lanes.Sigmoid(x) + (y * (Vector<T>.One - Lanes.Sigmoid(x)));
    }
}
