using System.Numerics;

namespace SerLab.Training.Neural.Layers;

/// <summary>Leaky rectified linear unit: x where positive, else slope · x.</summary>
/// <param name="Slope">The slope for negative x; default 0.3, Keras's (PyTorch's is 0.01).</param>
public sealed record LeakyRelu(double Slope = 0.3) : Pointwise
{
    /// <inheritdoc/>
    internal override bool WorksInPlace => Slope > 0;

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new PointwisePass<T, Function>(site, Slope);

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
