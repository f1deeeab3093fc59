using System.Numerics;
using System.Runtime.InteropServices;

namespace SerLab.Training.Neural;

/// <summary>
/// Stochastic gradient descent with momentum, as scikit-learn: u ← μu − ηg, then w ← w + u, or w ← w + μu − ηg in Nesterov's
/// form. With an adaptive rate, each stall divides η by 5 until it is 10⁻⁶ or less.
/// </summary>
internal sealed class GradientDescent(int length, double learningRate, double momentum, bool nesterov, bool adaptive) : Optimizer
{
    private readonly float[] velocities = new float[length];
    private double currentRate = learningRate;

    /// <inheritdoc/>
    public override void Step(Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        Vector<float> rate = new((float)currentRate);
        Vector<float> keep = new((float)momentum);
        Span<Vector<float>> w = MemoryMarshal.Cast<float, Vector<float>>(parameters);
        ReadOnlySpan<Vector<float>> g = MemoryMarshal.Cast<float, Vector<float>>(gradients)[..w.Length];
        Span<Vector<float>> u = MemoryMarshal.Cast<float, Vector<float>>(velocities.AsSpan())[..w.Length];
        for (int i = 0; i < w.Length; i++)
        {
            Vector<float> push = rate * g[i];
            Vector<float> velocity = (keep * u[i]) - push;
            u[i] = velocity;
            w[i] += nesterov ? (keep * velocity) - push : velocity;
        }
    }

    /// <inheritdoc/>
    public override bool TryLowerRate()
    {
        if (!adaptive || currentRate <= 1e-6)
        {
            return false;
        }

        currentRate /= 5;
        return true;
    }
}
