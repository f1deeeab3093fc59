using SerLab.Core;

namespace SerLab.Features.Dsp;

/// <summary>Triangular filters, equally spaced in mel, over the bins of a spectrum from 0 Hz to half the sample rate.</summary>
public static class MelBank
{
    /// <summary>
    /// Slaney's Auditory Toolbox: linear below 1 kHz, logarithmic above, each triangle of unit area in Hz. Equal to
    /// <c>librosa.filters.mel</c> with its defaults (<c>htk=False, norm='slaney'</c>).
    /// </summary>
    /// <param name="sampleRate">Samples per second (Hz).</param>
    /// <param name="fftLength">Length of the transform; the bank has <paramref name="fftLength"/> / 2 + 1 inputs.</param>
    /// <param name="bands">How many triangles.</param>
    public static FilterBank Slaney(int sampleRate, int fftLength, int bands) =>
        Build(sampleRate, fftLength, bands, MelScale.Mel, MelScale.Hertz, unitArea: true);

    /// <summary>
    /// HTK: mel = 2595 log10(1 + f / 700), each triangle of unit height. Equal to <c>librosa.filters.mel(htk=True,
    /// norm=None)</c>.
    /// </summary>
    /// <param name="sampleRate">Samples per second (Hz).</param>
    /// <param name="fftLength">Length of the transform; the bank has <paramref name="fftLength"/> / 2 + 1 inputs.</param>
    /// <param name="bands">How many triangles.</param>
    public static FilterBank Htk(int sampleRate, int fftLength, int bands) =>
        Build(
            sampleRate,
            fftLength,
            bands,
            HtkMel,
            HtkHertz,
            unitArea: false);

    /// <summary>The same between two frequencies in Hz; what lies beyond is in no band.</summary>
    internal static FilterBank Htk(int sampleRate, int fftLength, int bands, double lowest, double highest) =>
        Build(sampleRate, fftLength, Corners(bands, HtkMel(lowest), HtkMel(highest), HtkHertz), unitArea: false);

    /// <summary>The frequencies in Hz at which these bands are highest.</summary>
    internal static IEnumerable<double> HtkCentres(int bands, double lowest, double highest) =>
        Corners(bands, HtkMel(lowest), HtkMel(highest), HtkHertz)[1..^1];

    /// <summary>
    /// The bank of Meyda 5.6 (<c>createMelFilterBank</c>): mel = 1125 ln(1 + f / 700), corners rounded down to whole bins of
    /// (N + 1) f / rate, unit height, and <paramref name="fftLength"/> / 2 inputs, because Meyda drops the bin at half the sample
    /// rate.
    /// </summary>
    /// <param name="sampleRate">Samples per second (Hz).</param>
    /// <param name="fftLength">Length of the transform.</param>
    /// <param name="bands">How many triangles.</param>
    public static FilterBank Meyda(int sampleRate, int fftLength, int bands)
    {
        double top = 1125 * Math.Log(1 + sampleRate / 2.0 / 700);
        int[] corners = new int[bands + 2];
        for (int i = 0; i < corners.Length; i++)
        {
            // Meyda keeps mel and Hz in 32-bit floats, which decides on which side of a bin a corner falls.
            float mel = (float)(i * (top / (bands + 1)));
            float hertz = (float)(700 * (Math.Exp(mel / 1125.0) - 1));
            corners[i] = (int)Math.Floor((fftLength + 1) * (double)hertz / sampleRate);
        }

        float[][] rows = new float[bands][];
        for (int band = 0; band < bands; band++)
        {
            float[] row = rows[band] = new float[fftLength / 2];
            (int low, int peak, int high) = (corners[band], corners[band + 1], corners[band + 2]);
            for (int bin = low; bin < Math.Min(high, row.Length); bin++)
            {
                row[bin] = bin < peak ? (float)(bin - low) / (peak - low) : (float)(high - bin) / (high - peak);
            }
        }

        return new FilterBank(rows);
    }

    private static FilterBank Build(
        int sampleRate, int fftLength, int bands, Func<double, double> toMel, Func<double, double> toHertz, bool unitArea)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bands);
        return Build(sampleRate, fftLength, Corners(bands, 0, toMel(sampleRate / 2.0), toHertz), unitArea);
    }

    private static double HtkMel(double hertz) => 2595 * Math.Log10(1 + hertz / 700);

    private static double HtkHertz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);

    private static double[] Corners(int bands, double lowest, double highest, Func<double, double> toHertz) =>
        [.. Enumerable.Range(0, bands + 2).Select(i => toHertz(lowest + ((highest - lowest) * i / (bands + 1))))];

    private static FilterBank Build(int sampleRate, int fftLength, double[] corners, bool unitArea)
    {
        int bands = corners.Length - 2;
        float[][] rows = new float[bands][];
        for (int band = 0; band < bands; band++)
        {
            (double low, double peak, double high) = (corners[band], corners[band + 1], corners[band + 2]);
            double scale = unitArea ? 2 / (high - low) : 1;
            float[] row = rows[band] = new float[fftLength / 2 + 1];
            for (int bin = 0; bin < row.Length; bin++)
            {
                double frequency = (double)bin * sampleRate / fftLength;
                double height = Math.Min((frequency - low) / (peak - low), (high - frequency) / (high - peak));
                row[bin] = (float)(scale * Math.Max(0, height));
            }
        }

        return new FilterBank(rows);
    }
}
