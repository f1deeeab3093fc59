using System.Numerics;
using SerLab.Training.Neural.Kernels;

namespace SerLab.Training.Neural.Layers;

/// <summary>A function of every value by itself.</summary>
public abstract record Pointwise : Layer
{
    private protected Pointwise()
    {
    }

    /// <inheritdoc/>
    public sealed override GridShape Output(GridShape input) => input;

    /// <inheritdoc/>
    internal override bool ReadsOutput => true;

    /// <summary>Whether the derivative follows from the output alone.</summary>
    /// <inheritdoc/>
    internal override bool WorksInPlace => true;
}

/// <summary>A function and its derivative, a vector at a time.</summary>
internal interface IPointwiseFunction
{
    /// <summary>y = f(x).</summary>
    static abstract Vector<T> Value<T>(Vector<T> x, T parameter)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>f′(x), given y = f(x) as well; a layer that works in place has only y, in the place of x.</summary>
    static abstract Vector<T> Slope<T>(Vector<T> x, Vector<T> y, T parameter)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>Computes a <see cref="Pointwise"/> layer.</summary>
internal sealed class PointwisePass<T, TFunction>(LayerSite<T> site, double parameter = 0) : LayerPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TFunction : IPointwiseFunction
{
    private readonly T parameter = T.CreateChecked(parameter);

    /// <inheritdoc/>
    public override void Forward(Piece piece)
    {
        ReadOnlySpan<T> x = piece.Of(site.Input.Values, site.Input.Size);
        Span<T> y = piece.Of(site.Output.Values, site.Output.Size);
        int i = 0;
        for (; i + Vector<T>.Count <= x.Length; i += Vector<T>.Count)
        {
            Lanes.StoreWhole(TFunction.Value(Lanes.LoadWhole(x, i), parameter), y, i);
        }

        if (i < x.Length)
        {
            Lanes.Store(TFunction.Value(Lanes.Load(x, i), parameter), y, i);
        }
    }

    /// <inheritdoc/>
    public override void Backward(Piece piece)
    {
        if (!site.Input.HasGradients)
        {
            return;
        }

        ReadOnlySpan<T> x = piece.Of(site.Input.Values, site.Input.Size);
        ReadOnlySpan<T> y = piece.Of(site.Output.Values, site.Output.Size);
        ReadOnlySpan<T> dy = piece.Of(site.Output.Gradients, site.Output.Size);
        Span<T> dx = piece.Of(site.Input.Gradients, site.Input.Size);
        int i = 0;
        for (; i + Vector<T>.Count <= x.Length; i += Vector<T>.Count)
        {
            Vector<T> slope = TFunction.Slope(Lanes.LoadWhole(x, i), Lanes.LoadWhole(y, i), parameter);
            Lanes.StoreWhole(Lanes.LoadWhole(dy, i) * slope, dx, i);
        }

        if (i < x.Length)
        {
            Lanes.Store(Lanes.Load(dy, i) * TFunction.Slope(Lanes.Load(x, i), Lanes.Load(y, i), parameter), dx, i);
        }
    }
}
