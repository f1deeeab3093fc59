using System.Numerics;
using System.Runtime.InteropServices;

namespace SerLab.Training.Neural;

/// <summary>
/// RMSprop (Tieleman and Hinton 2012) as Keras 2 computes it without momentum: s ← ρs + (1 − ρ)g², w ← w − η g / (√s + ε).
/// </summary>
internal sealed class RmsProp(int length, double learningRate, double rho, double epsilon) : Optimizer
{
    // Far below ε² for any useful ε. Keeps the running squares of silent units from decaying into slow subnormal numbers.
    private const float SmallestSquare = 1e-30f;

    private readonly float[] squares = new float[length];

    /// <inheritdoc/>
    public override void Step(Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        Vector<float> rate = new((float)learningRate);
        Vector<float> keep = new((float)rho);
        Vector<float> take = new((float)(1 - rho));
        Vector<float> guard = new((float)epsilon);
        Vector<float> floor = new(SmallestSquare);
        Span<Vector<float>> w = MemoryMarshal.Cast<float, Vector<float>>(parameters);
        ReadOnlySpan<Vector<float>> g = MemoryMarshal.Cast<float, Vector<float>>(gradients)[..w.Length];
        Span<Vector<float>> s = MemoryMarshal.Cast<float, Vector<float>>(squares.AsSpan())[..w.Length];
        for (int i = 0; i < w.Length; i++)
        {
            Vector<float> gradient = g[i];
            Vector<float> square = Vector.Max((keep * s[i]) + (take * gradient * gradient), floor);
            s[i] = square;
            w[i] -= rate * gradient / (Vector.SquareRoot(square) + guard);
        }
    }
}
