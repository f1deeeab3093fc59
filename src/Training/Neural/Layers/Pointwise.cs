using System.Numerics;
using SerLab.Core.Kernels;

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
        int whole = x.Length - (x.Length % Vector<T>.Count);
        Values<WholeLanes>(x[..whole], y);
        Values<LastLanes>(x[whole..], y[whole..]);
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
        int whole = x.Length - (x.Length % Vector<T>.Count);
        Gradients<WholeLanes>(x[..whole], y, dy, dx);
        Gradients<LastLanes>(x[whole..], y[whole..], dy[whole..], dx[whole..]);
    }

    private void Values<TAccess>(ReadOnlySpan<T> x, Span<T> y)
        where TAccess : ILaneAccess
    {
        T own = parameter;
        for (int i = 0; i < x.Length; i += Vector<T>.Count)
        {
            TAccess.Store(TFunction.Value(TAccess.Load(x, i), own), y, i);
        }
    }

    private void Gradients<TAccess>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        where TAccess : ILaneAccess
    {
        T own = parameter;
        for (int i = 0; i < x.Length; i += Vector<T>.Count)
        {
            TAccess.Store(TAccess.Load(dy, i) * TFunction.Slope(TAccess.Load(x, i), TAccess.Load(y, i), own), dx, i);
        }
    }
}
