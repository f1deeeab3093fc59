using System.Numerics;
using System.Numerics.Tensors;

namespace SerLab.Training.Neural.Optimisation;

/// <summary>Shortens gradients that are longer than a limit; the length is the norm of all of them together.</summary>
internal static class GradientClipping
{
    // Fixed, so that the sum does not depend on who adds it.
    private const int Block = 4096;

    /// <summary>The Euclidean norm, with the squares of blocks summed in double.</summary>
    public static double Norm<T>(ReadOnlySpan<T> gradients)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double total = 0;
        for (int first = 0; first < gradients.Length; first += Block)
        {
            total += double.CreateTruncating(
                TensorPrimitives.SumOfSquares(gradients.Slice(first, Math.Min(Block, gradients.Length - first))));
        }

        return Math.Sqrt(total);
    }

    /// <summary>Scales gradients down to the limit if they are longer.</summary>
    /// <param name="gradients">All of them.</param>
    /// <param name="limit">The largest norm, above 0.</param>
    /// <param name="guard">Added to the norm before dividing: 0 as Keras, 1e-6 as PyTorch.</param>
    public static void Clip<T>(Span<T> gradients, double limit, double guard = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double norm = Norm<T>(gradients);
        if (norm + guard > limit)
        {
            TensorPrimitives.Multiply(gradients, T.CreateTruncating(limit / (norm + guard)), gradients);
        }
    }
}
