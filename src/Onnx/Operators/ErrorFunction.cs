namespace SerLab.Onnx.Operators;

/// <summary>The error function, 2/√π ∫ e^(−t²) dt from 0 to x.</summary>
internal static class ErrorFunction
{
    /// <summary>Of each value, within 2·10⁻⁷.</summary>
    public static void Of(ReadOnlySpan<float> values, Span<float> results)
    {
        for (int i = 0; i < values.Length; i++)
        {
            results[i] = (float)Of(values[i]);
        }
    }

    /// <summary>Of each value, within 2·10⁻⁷.</summary>
    public static void Of(ReadOnlySpan<double> values, Span<double> results)
    {
        for (int i = 0; i < values.Length; i++)
        {
            results[i] = Of(values[i]);
        }
    }

    /// <summary>Of a value, within 2·10⁻⁷ (Abramowitz and Stegun 1964, 7.1.26).</summary>
    public static double Of(double x)
    {
        double t = 1 / (1 + (0.3275911 * Math.Abs(x)));
        double sum = t * (0.254829592 + (t * (-0.284496736 + (t * (1.421413741 + (t * (-1.453152027 + (t * 1.061405429))))))));
        return Math.CopySign(1 - (sum * Math.Exp(-x * x)), x);
    }
}
