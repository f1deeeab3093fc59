namespace SerLab.Features.Dsp;

/// <summary>
/// The Bark scale of critical bands: 13 atan(f / 1315.8) + 3.5 atan((f / 7518)²), the formula of Zwicker and Terhardt (1980) with
/// the constants that Meyda uses.
/// </summary>
internal static class BarkScale
{
    /// <summary>Converts a frequency (Hz) to Bark.</summary>
    public static double FromHertz(double hertz) => 13 * Math.Atan(hertz / 1315.8) + 3.5 * Math.Atan(Math.Pow(hertz / 7518, 2));

    /// <summary>
    /// Splits the lower half of a spectrum into bands of equal width in Bark, as Meyda's loudness does: band b holds the bins
    /// from limit b up to, not including, limit b + 1. The last limit is the last bin itself, which therefore belongs to no band.
    /// </summary>
    /// <param name="sampleRate">Samples per second (Hz).</param>
    /// <param name="fftLength">Length N of the transform; bins 0 ... N/2 - 1 are split.</param>
    /// <param name="bands">How many bands.</param>
    /// <returns><paramref name="bands"/> + 1 ascending bins.</returns>
    public static int[] BandLimits(int sampleRate, int fftLength, int bands)
    {
        // Compared in 32 bits, as Meyda stores the scale.
        float[] scale =
        [
            .. Enumerable.Range(0, fftLength / 2).Select(k => (float)((double)k * sampleRate / fftLength))
                .Select(hertz => (float)FromHertz(hertz)),
        ];
        int[] limits = new int[bands + 1];
        int band = 1;
        for (int bin = 0; bin < scale.Length; bin++)
        {
            while (band < bands && scale[bin] > (double)band * scale[^1] / bands)
            {
                limits[band++] = bin;
            }
        }

        limits.AsSpan(band).Fill(scale.Length - 1);
        return limits;
    }
}
