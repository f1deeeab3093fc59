using System.Numerics.Tensors;

namespace SerLab.Features.Dsp;

/// <summary>
/// How far the peaks of a spectrum stand above its valleys, in decibels, in an octave each (Jiang et al., "Music type
/// classification by spectral contrast feature", 2002). Equal to <c>librosa.feature.spectral_contrast</c> with its defaults.
/// </summary>
internal static class SpectralContrast
{
    /// <summary>Bands: below 200 Hz, then octaves, the last up to half the sample rate.</summary>
    public const int Bands = 7;

    /// <summary>Half the sample rate must lie beyond this frequency, where the last band begins.</summary>
    public const int LastBandHertz = LowestHertz << (Bands - 2);

    private const int LowestHertz = 200;
    private const double Quantile = 0.02;

    /// <summary>The contrast of every frame: one row per band.</summary>
    /// <param name="magnitudes">One row per bin from 0 Hz to half the sample rate.</param>
    /// <param name="sampleRate">Samples per second (Hz), above twice <see cref="LastBandHertz"/>.</param>
    public static FrameMatrix Of(FrameMatrix magnitudes, int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(sampleRate, 2 * LastBandHertz);
        (int Start, int End, int Count)[] bands = Divide(magnitudes.RowCount, sampleRate);
        FrameMatrix peaks = new(Bands, magnitudes.FrameCount);
        FrameMatrix valleys = new(Bands, magnitudes.FrameCount);
        float[] spectra = magnitudes.ToSeries();
        float[] ordered = new float[magnitudes.RowCount];
        for (int band = 0; band < Bands; band++)
        {
            (int start, int end, int count) = bands[band];
            Span<float> values = ordered.AsSpan(0, end - start);
            Span<float> high = peaks.Writable(band);
            Span<float> low = valleys.Writable(band);
            for (int t = 0; t < magnitudes.FrameCount; t++)
            {
                spectra.AsSpan((t * magnitudes.RowCount) + start, values.Length).CopyTo(values);
                low[t] = MeanOfSmallest(values, count);
                TensorPrimitives.Negate(values, values);
                high[t] = -MeanOfSmallest(values, count);
            }
        }

        FrameMatrix contrast = Decibels.FromPower(peaks);
        TensorPrimitives.Subtract(contrast.Values, Decibels.FromPower(valleys).Values, contrast.Values);
        return contrast;
    }

    // Of each band the bins, and how many of them are peaks or valleys. A band begins with the last bin below it and all but the
    // last end one bin early; the share counts that bin.
    private static (int Start, int End, int Count)[] Divide(int bins, int sampleRate)
    {
        (int, int, int)[] bands = new (int, int, int)[Bands];
        double hertzPerBin = sampleRate / 2.0 / (bins - 1);
        for (int band = 0; band < Bands; band++)
        {
            int start = band == 0 ? 0 : (int)Math.Ceiling((LowestHertz << (band - 1)) / hertzPerBin) - 1;
            int end = band == Bands - 1 ? bins : (int)Math.Floor((LowestHertz << band) / hertzPerBin) + 1;
            int count = Math.Max(1, (int)Math.Round(Quantile * (end - start), MidpointRounding.ToEven));
            bands[band] = (start, band == Bands - 1 ? end : end - 1, count);
        }

        return bands;
    }

    private static float MeanOfSmallest(Span<float> values, int count)
    {
        OrderStatistic.Select(values, count - 1);
        return TensorPrimitives.Sum<float>(values[..count]) / count;
    }
}
