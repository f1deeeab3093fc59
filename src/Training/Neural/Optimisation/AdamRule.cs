using System.Numerics;
using SerLab.Core.Kernels;

namespace SerLab.Training.Neural.Optimisation;

/// <summary>
/// Adam (Kingma and Ba 2015): m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², both corrected for their start at zero,
/// w ← w − η m̂ / (√v̂ + ε), as PyTorch; or with ε added before the correction, as Keras.
/// </summary>
internal sealed record AdamRule : UpdateRule
{
    /// <summary>β₁, 0 to below 1; default 0.9.</summary>
    public double MeanDecay { get; init; } = 0.9;

    /// <summary>β₂, 0 to below 1; default 0.999.</summary>
    public double SquareDecay { get; init; } = 0.999;

    /// <summary>ε, above 0; default 1e-7.</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <summary>Whether ε is added to the root before it is corrected; default true, as Keras.</summary>
    public bool IsEpsilonUncorrected { get; init; } = true;

    /// <summary>
    /// Share of every parameter that a step of rate 1 takes away beside the gradient (AdamW, Loshchilov and Hutter 2019), 0
    /// or more; default 0.
    /// </summary>
    public double WeightDecay { get; init; }

    /// <summary>Weight of half the squared parameters in the loss, 0 or more; default 0.</summary>
    public double L2 { get; init; }

    /// <inheritdoc/>
    internal override UpdateState<T> Start<T>(int length) => new State<T>(this, length);

    private sealed class State<T>(AdamRule rule, int length) : UpdateState<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T[] means = new T[length];
        private readonly T[] squares = new T[length];
        private double kept;
        private double step;
        private double guard;

        public override void Move(Span<T> parameters, ReadOnlySpan<T> gradients, int first)
        {
            Span<T> mean = means.AsSpan(first, parameters.Length);
            Span<T> square = squares.AsSpan(first, parameters.Length);
            Vector<T> keepMean = All(rule.MeanDecay);
            Vector<T> takeMean = All(1 - rule.MeanDecay);
            Vector<T> keepSquare = All(rule.SquareDecay);
            Vector<T> takeSquare = All(1 - rule.SquareDecay);
            Vector<T> penalty = All(rule.L2);
            Vector<T> keep = All(kept);
            Vector<T> rate = All(step);
            Vector<T> epsilon = All(guard);
            for (int i = 0; i < parameters.Length; i += Vector<T>.Count)
            {
                Vector<T> w = Lanes.Load<T>(parameters, i);
                Vector<T> gradient = Lanes.Load(gradients, i) + (penalty * w);
                Vector<T> m = (keepMean * Lanes.Load<T>(mean, i)) + (takeMean * gradient);
                Vector<T> v = (keepSquare * Lanes.Load<T>(square, i)) + (takeSquare * gradient * gradient);
                Lanes.Store(m, mean, i);
                Lanes.Store(v, square, i);
                Lanes.Store((keep * w) - (rate * m / (Vector.SquareRoot(v) + epsilon)), parameters, i);
            }
        }

        // m̂ / (√v̂ + ε) = m √(1 − β₂ᵗ) / (1 − β₁ᵗ) / (√v + ε √(1 − β₂ᵗ)).
        protected override void Prepare(double rate)
        {
            double root = Math.Sqrt(1 - Math.Pow(rule.SquareDecay, Steps));
            step = rate * root / (1 - Math.Pow(rule.MeanDecay, Steps));
            guard = rule.IsEpsilonUncorrected ? rule.Epsilon : rule.Epsilon * root;
            kept = 1 - (rate * rule.WeightDecay);
        }
    }
}
