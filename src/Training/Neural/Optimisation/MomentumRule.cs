using System.Numerics;
using SerLab.Core.Kernels;

namespace SerLab.Training.Neural.Optimisation;

/// <summary>
/// Stochastic gradient descent: u ← μ u + g, w ← w − η u, or in Nesterov's form w ← w − η (g + μ u), as PyTorch.
/// </summary>
/// <param name="Momentum">μ, 0 to below 1; default 0.9.</param>
/// <param name="IsNesterov">Whether in Nesterov's form; default false.</param>
internal sealed record MomentumRule(double Momentum = 0.9, bool IsNesterov = false) : UpdateRule
{
    /// <inheritdoc/>
    internal override UpdateState<T> Start<T>(int length) => new State<T>(this, length);

    private sealed class State<T>(MomentumRule rule, int length) : UpdateState<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T[] velocities = new T[length];
        private double rate;

        public override void Move(Span<T> parameters, ReadOnlySpan<T> gradients, int first)
        {
            Span<T> velocity = velocities.AsSpan(first, parameters.Length);
            Vector<T> keep = All(rule.Momentum);
            Vector<T> step = All(rate);
            for (int i = 0; i < parameters.Length; i += Vector<T>.Count)
            {
                Vector<T> gradient = Lanes.Load(gradients, i);
                Vector<T> u = (keep * Lanes.Load<T>(velocity, i)) + gradient;
                Lanes.Store(u, velocity, i);
                Vector<T> push = rule.IsNesterov ? gradient + (keep * u) : u;
                Lanes.Store(Lanes.Load<T>(parameters, i) - (step * push), parameters, i);
            }
        }

        protected override void Prepare(double rate) => this.rate = rate;
    }
}
