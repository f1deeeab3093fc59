using SerLab.Core;

namespace SerLab.Training.Neural.Augmentation;

/// <summary>How much of another example mixup adds to one.</summary>
internal static class Mixing
{
    /// <summary>
    /// A number from the Beta(α, α) distribution, taken so that the smaller share is the other's: 0 to ½ (Jöhnk's method).
    /// </summary>
    /// <param name="alpha">Parameter, above 0 to 1; the smaller, the less is mixed.</param>
    /// <param name="random">Where it comes from.</param>
    public static double Share(double alpha, SeededRandom random)
    {
        // In logarithms, since powers of 1 / α underflow where α is small.
        while (true)
        {
            double first = Math.Log(1 - random.NextDouble()) / alpha;
            double second = Math.Log(1 - random.NextDouble()) / alpha;
            double larger = Math.Max(first, second);
            double sum = larger + Math.Log(Math.Exp(first - larger) + Math.Exp(second - larger));
            if (sum <= 0)
            {
                return Math.Exp(Math.Min(first, second) - sum);
            }
        }
    }
}
