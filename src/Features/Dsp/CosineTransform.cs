namespace SerLab.Features.Dsp;

/// <summary>
/// The discrete cosine transform of type II, c[k] = s[k] x sum over n of x[n] cos(pi k (n + 1/2) / N), as a matrix.
/// </summary>
internal static class CosineTransform
{
    /// <summary>
    /// s[0] = sqrt(1/N), s[k] = sqrt(2/N): the rows are orthonormal (SciPy's <c>norm='ortho'</c>, librosa's MFCC).
    /// </summary>
    /// <param name="inputs">N.</param>
    /// <param name="coefficients">How many coefficients, at most N.</param>
    public static FilterBank Orthonormal(int inputs, int coefficients) =>
        Build(inputs, coefficients, k => Math.Sqrt((k == 0 ? 1.0 : 2.0) / inputs));

    /// <summary>s[k] = 2 (SciPy's <c>norm=None</c>, Meyda's MFCC).</summary>
    /// <param name="inputs">N.</param>
    /// <param name="coefficients">How many coefficients, at most N.</param>
    public static FilterBank Unscaled(int inputs, int coefficients) => Build(inputs, coefficients, _ => 2);

    private static FilterBank Build(int inputs, int coefficients, Func<int, double> scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(coefficients);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(coefficients, inputs);
        return new FilterBank([.. Enumerable.Range(0, coefficients).Select(k => Enumerable.Range(0, inputs)
            .Select(n => (float)(scale(k) * Math.Cos(Math.PI * k * (n + 0.5) / inputs))).ToArray())]);
    }
}
