namespace SerLab.Features.Dsp;

/// <summary>
/// How many spectral peaks there are of every magnitude and every deviation from the scale. Positive floats are ordered as their
/// bits are, so the exponent and the first bits of the fraction are the number of a class of magnitudes.
/// </summary>
internal sealed class PeakCounts
{
    private const int FractionBits = 11;
    private const int Fractions = 1 << FractionBits;
    private const int DroppedBits = 23 - FractionBits;

    // By exponent, as far as it occurs: a row of steps per class of magnitudes.
    private readonly int[]?[] octaves = new int[256][];
    private long total;

    /// <summary>Counts one peak.</summary>
    /// <param name="magnitude">Not negative.</param>
    /// <param name="step">Its deviation, from 0 up to <see cref="SpectralPeaks.StepsPerSemitone"/>.</param>
    public void Add(float magnitude, int step)
    {
        int bits = BitConverter.SingleToInt32Bits(magnitude) >> DroppedBits;
        int[] octave = octaves[bits >> FractionBits] ??= new int[Fractions * SpectralPeaks.StepsPerSemitone];
        octave[((bits & (Fractions - 1)) * SpectralPeaks.StepsPerSemitone) + step]++;
        total++;
    }

    /// <summary>Adds the peaks of the classes from the strongest down to that of the median, by their steps.</summary>
    /// <param name="histogram">One count per step.</param>
    public void AddUpperHalf(Span<int> histogram)
    {
        long left = total - (total / 2);
        for (int bits = (octaves.Length * Fractions) - 1; bits >= 0 && left > 0; bits--)
        {
            if (octaves[bits >> FractionBits] is not { } octave)
            {
                continue;
            }

            int start = (bits & (Fractions - 1)) * SpectralPeaks.StepsPerSemitone;
            for (int step = 0; step < histogram.Length; step++)
            {
                histogram[step] += octave[start + step];
                left -= octave[start + step];
            }
        }
    }
}
