using System.Numerics;
using SerLab.Core.Kernels;

namespace SerLab.Training.Neural.Optimisation;

/// <summary>
/// RMSprop (Tieleman and Hinton 2012): s ← ρ s + (1 − ρ) g², d = η g / √(s + ε) as Keras 3 or η g / (√s + ε) as Keras 2 and
/// PyTorch, m ← μ m + d, w ← w − m.
/// </summary>
internal sealed record RmsPropRule : UpdateRule
{
    /// <summary>ρ, 0 to below 1; default 0.9.</summary>
    public double Decay { get; init; } = 0.9;

    /// <summary>ε, above 0; default 1e-7.</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <summary>Whether ε is inside the root; default true.</summary>
    public bool IsEpsilonInside { get; init; } = true;

    /// <summary>μ, 0 to below 1; default 0.</summary>
    public double Momentum { get; init; }

    /// <inheritdoc/>
    internal override UpdateState<T> Start<T>(int length) => new State<T>(this, length);

    private sealed class State<T>(RmsPropRule rule, int length) : UpdateState<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T[] squares = new T[length];
        private readonly T[] velocities = new T[rule.Momentum > 0 ? length : 0];
        private double rate;

        public override void Move(Span<T> parameters, ReadOnlySpan<T> gradients, int first)
        {
            Span<T> square = squares.AsSpan(first, parameters.Length);
            Span<T> velocity = velocities.Length > 0 ? velocities.AsSpan(first, parameters.Length) : [];
            Vector<T> keep = All(rule.Decay);
            Vector<T> take = All(1 - rule.Decay);
            Vector<T> inside = All(rule.IsEpsilonInside ? rule.Epsilon : 0);
            Vector<T> outside = All(rule.IsEpsilonInside ? 0 : rule.Epsilon);
            Vector<T> step = All(rate);
            for (int i = 0; i < parameters.Length; i += Vector<T>.Count)
            {
                Vector<T> gradient = Lanes.Load(gradients, i);
                Vector<T> s = (keep * Lanes.Load<T>(square, i)) + (take * gradient * gradient);
                Lanes.Store(s, square, i);
                Vector<T> push = step * gradient / (Vector.SquareRoot(s + inside) + outside);
                if (velocity.Length > 0)
                {
                    push += All(rule.Momentum) * Lanes.Load<T>(velocity, i);
                    Lanes.Store(push, velocity, i);
                }

                Lanes.Store(Lanes.Load<T>(parameters, i) - push, parameters, i);
            }
        }

        protected override void Prepare(double rate) => this.rate = rate;
    }
}
