namespace SerLab.Features.Dsp;

/// <summary>All complex roots of a polynomial of real coefficients at once (Aberth 1973).</summary>
internal static class PolynomialRoots
{
    private const int Iterations = 60;
    private const double Near = 1e-10;

    /// <summary>Finds the roots, in no order.</summary>
    /// <param name="polynomial">The coefficients, that of the highest power first; it is not 0.</param>
    /// <param name="real">Receives the real parts, one fewer than there are coefficients.</param>
    /// <param name="imaginary">Receives the imaginary parts.</param>
    public static void Find(ReadOnlySpan<double> polynomial, Span<double> real, Span<double> imaginary)
    {
        // A circle that is in step with no root of real coefficients.
        for (int i = 0; i < real.Length; i++)
        {
            (imaginary[i], real[i]) = Math.SinCos((2 * Math.PI * i / real.Length) + 0.4);
        }

        double moved = double.PositiveInfinity;
        for (int iteration = 0; iteration < Iterations && moved > Near; iteration++)
        {
            moved = 0;
            for (int i = 0; i < real.Length; i++)
            {
                (double x, double y) = Step(polynomial, real, imaginary, i);
                if (double.IsFinite(x) && double.IsFinite(y))
                {
                    real[i] -= x;
                    imaginary[i] -= y;
                    moved = Math.Max(moved, Math.Abs(x) + Math.Abs(y));
                }
            }
        }
    }

    // Newton's step r = p / p', less what the other roots explain: 1 / (1 / r - sum of 1 / (root - other)).
    private static (double X, double Y) Step(
        ReadOnlySpan<double> polynomial, ReadOnlySpan<double> real, ReadOnlySpan<double> imaginary, int root)
    {
        (double x, double y) = (real[root], imaginary[root]);
        (double valueX, double valueY, double slopeX, double slopeY) = (polynomial[0], 0, 0, 0);
        foreach (double coefficient in polynomial[1..])
        {
            (slopeX, slopeY) = ((slopeX * x) - (slopeY * y) + valueX, (slopeX * y) + (slopeY * x) + valueY);
            (valueX, valueY) = ((valueX * x) - (valueY * y) + coefficient, (valueX * y) + (valueY * x));
        }

        double square = (valueX * valueX) + (valueY * valueY);
        if (square == 0)
        {
            return (0, 0);
        }

        double inverseX = ((slopeX * valueX) + (slopeY * valueY)) / square;
        double inverseY = ((slopeY * valueX) - (slopeX * valueY)) / square;
        for (int other = 0; other < real.Length; other++)
        {
            if (other != root)
            {
                (double apartX, double apartY) = (x - real[other], y - imaginary[other]);
                double distance = (apartX * apartX) + (apartY * apartY);
                inverseX -= apartX / distance;
                inverseY += apartY / distance;
            }
        }

        double inverse = (inverseX * inverseX) + (inverseY * inverseY);
        return (inverseX / inverse, -inverseY / inverse);
    }
}
