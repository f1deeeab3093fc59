using System.Numerics;
using System.Runtime.InteropServices;

namespace SerLab.Training.Neural;

/// <summary>
/// Adam (Kingma and Ba 2015, in the rearranged form that ends their section 2, as scikit-learn): m ← β₁m + (1 − β₁)g,
/// v ← β₂v + (1 − β₂)g², w ← w − η √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε).
/// </summary>
internal sealed class Adam(int length, double learningRate, double beta1, double beta2, double epsilon) : Optimizer
{
    private readonly float[] means = new float[length];
    private readonly float[] squares = new float[length];
    private long steps;

    /// <inheritdoc/>
    public override void Step(Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        steps++;
        double corrected = learningRate * Math.Sqrt(1 - Math.Pow(beta2, steps)) / (1 - Math.Pow(beta1, steps));
        Vector<float> rate = new((float)corrected);
        Vector<float> keepMean = new((float)beta1);
        Vector<float> takeMean = new((float)(1 - beta1));
        Vector<float> keepSquare = new((float)beta2);
        Vector<float> takeSquare = new((float)(1 - beta2));
        Vector<float> guard = new((float)epsilon);
        Span<Vector<float>> w = MemoryMarshal.Cast<float, Vector<float>>(parameters);
        ReadOnlySpan<Vector<float>> g = MemoryMarshal.Cast<float, Vector<float>>(gradients)[..w.Length];
        Span<Vector<float>> m = MemoryMarshal.Cast<float, Vector<float>>(means.AsSpan())[..w.Length];
        Span<Vector<float>> v = MemoryMarshal.Cast<float, Vector<float>>(squares.AsSpan())[..w.Length];
        for (int i = 0; i < w.Length; i++)
        {
            Vector<float> gradient = g[i];
            Vector<float> mean = (keepMean * m[i]) + (takeMean * gradient);
            Vector<float> square = (keepSquare * v[i]) + (takeSquare * gradient * gradient);
            m[i] = mean;
            v[i] = square;
            w[i] -= rate * mean / (Vector.SquareRoot(square) + guard);
        }
    }
}
