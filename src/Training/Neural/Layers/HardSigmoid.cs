using System.Numerics;

namespace SerLab.Training.Neural.Layers;

/// <summary>x / 5 + 1 / 2, held within 0 and 1: Keras 2's.</summary>
public sealed record HardSigmoid : Pointwise
{
    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new PointwisePass<T, Function>(site);

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
