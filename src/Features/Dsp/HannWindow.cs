namespace SerLab.Features.Dsp;

/// <summary>The raised-cosine window w[n] = 1/2 - 1/2 cos(2 pi n / D).</summary>
internal static class HannWindow
{
    /// <summary>
    /// D = N: one period of the cosine, for spectral analysis (SciPy's <c>fftbins=True</c>, librosa's default).
    /// </summary>
    /// <param name="length">N, at least 1.</param>
    public static double[] Periodic(int length) => Build(length, length);

    /// <summary>D = N - 1: both ends are exactly zero (Meyda's <c>hanning</c>, SciPy's <c>fftbins=False</c>).</summary>
    /// <param name="length">N, at least 2.</param>
    public static double[] Symmetric(int length) => Build(length, length - 1);

    private static double[] Build(int length, int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1, nameof(length));
        return [.. Enumerable.Range(0, length).Select(n => 0.5 - 0.5 * Math.Cos(2 * Math.PI * n / period))];
    }
}
