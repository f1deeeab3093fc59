using System.Numerics;

namespace SerLab.Training.Neural.Optimisation;

/// <summary>How parameters move against a gradient: settings only; <see cref="Start{T}"/> makes what keeps state.</summary>
internal abstract record UpdateRule
{
    private protected UpdateRule()
    {
    }

    /// <summary>The state of one fit.</summary>
    /// <param name="length">Number of parameters.</param>
    internal abstract UpdateState<T> Start<T>(int length)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>The state of an <see cref="UpdateRule"/> in one fit.</summary>
internal abstract class UpdateState<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Steps begun.</summary>
    protected long Steps { get; private set; }

    /// <summary>Begins a step.</summary>
    /// <param name="rate">The learning rate.</param>
    public void Begin(double rate)
    {
        Steps++;
        Prepare(rate);
    }

    /// <summary>Moves the parameters from <paramref name="first"/> on; parts of a step may run in parallel.</summary>
    /// <param name="parameters">Those to move.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="first">Number of the first among all.</param>
    public abstract void Move(Span<T> parameters, ReadOnlySpan<T> gradients, int first);

    /// <summary>Computes what all parameters of a step share.</summary>
    protected abstract void Prepare(double rate);

    /// <summary>A number in every lane.</summary>
    protected static Vector<T> All(double value) => new(T.CreateTruncating(value));
}
