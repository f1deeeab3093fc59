using System.Numerics;
using SerLab.Training.Neural.Kernels;

namespace SerLab.Training.Neural.Layers;

/// <summary>ln(1 + eˣ).</summary>
public sealed record Softplus : Pointwise
{
    /// <inheritdoc/>
    internal override bool WorksInPlace => false;

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new PointwisePass<T, Function>(site);

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
