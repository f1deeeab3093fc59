using SerLab.Features.Dsp;

namespace SerLab.Features.Speech;

/// <summary>
/// The resonances of the vocal tract by linear prediction of order 11 below 5.5 kHz: the autocorrelation is that of the spectrum
/// cut there, as of the sound resampled to 11 kHz.
/// </summary>
internal static class Formants
{
    /// <summary>How many are found.</summary>
    public const int Count = 3;

    private const int Order = 11;
    private const double Rate = 11_000;
    private const double Lowest = 50;
    private const double Highest = 5450;

    /// <summary>Finds the lowest formants of a frame.</summary>
    /// <param name="powers">Its power spectrum.</param>
    /// <param name="spacing">Hz from one bin to the next.</param>
    /// <param name="frequencies">Receives <see cref="Count"/> frequencies in Hz, ascending; 0 where there are fewer.</param>
    /// <param name="bandwidths">Receives their bandwidths in Hz.</param>
    public static void Find(ReadOnlySpan<double> powers, double spacing, Span<float> frequencies, Span<float> bandwidths)
    {
        frequencies.Clear();
        bandwidths.Clear();
        double rate = Math.Min(Rate, 2 * spacing * (powers.Length - 1));
        Span<double> correlation = stackalloc double[Order + 1];
        Span<double> predictor = stackalloc double[Order + 1];
        Correlate(powers, spacing, rate, correlation);
        if (!Predict(correlation, predictor))
        {
            return;
        }

        Span<double> real = stackalloc double[Order];
        Span<double> imaginary = stackalloc double[Order];
        PolynomialRoots.Find(predictor, real, imaginary);
        int found = 0;
        for (int i = 0; i < Order; i++)
        {
            double frequency = Math.Atan2(imaginary[i], real[i]) * rate / (2 * Math.PI);
            double magnitude = double.Hypot(real[i], imaginary[i]);
            if (frequency > Lowest && frequency < Math.Min(Highest, (rate / 2) - Lowest) && magnitude < 1)
            {
                Insert((float)frequency, (float)(-Math.Log(magnitude) * rate / Math.PI), frequencies, bandwidths, found++);
            }
        }
    }

    private static void Insert(
        float frequency, float bandwidth, Span<float> frequencies, Span<float> bandwidths, int count)
    {
        int at = Math.Min(count, Count);
        while (at > 0 && frequencies[at - 1] > frequency)
        {
            at--;
        }

        if (at < Count)
        {
            frequencies[at..^1].CopyTo(frequencies[(at + 1)..]);
            bandwidths[at..^1].CopyTo(bandwidths[(at + 1)..]);
            (frequencies[at], bandwidths[at]) = (frequency, bandwidth);
        }
    }

    private static void Correlate(ReadOnlySpan<double> powers, double spacing, double rate, Span<double> correlation)
    {
        int bins = Math.Min(powers.Length, 1 + (int)(rate / 2 / spacing));
        for (int bin = 0; bin < bins; bin++)
        {
            double angle = 2 * Math.PI * bin * spacing / rate;
            double weight = bin == 0 ? 0.5 * powers[bin] : powers[bin];

            // cos((k + 1) x) = 2 cos x cos(k x) - cos((k - 1) x)
            (double before, double now, double twice) = (Math.Cos(angle), 1, 2 * Math.Cos(angle));
            for (int lag = 0; lag < correlation.Length; lag++)
            {
                correlation[lag] += weight * now;
                (before, now) = (now, (twice * now) - before);
            }
        }
    }

    // The recursion of Levinson (1946) and Durbin (1960); false where there is nothing to predict.
    private static bool Predict(ReadOnlySpan<double> correlation, Span<double> predictor)
    {
        double error = correlation[0];
        predictor[0] = 1;
        for (int order = 1; order <= Order; order++)
        {
            if (!(error > 0) || !double.IsFinite(error))
            {
                return false;
            }

            double sum = 0;
            for (int i = 0; i < order; i++)
            {
                sum += predictor[i] * correlation[order - i];
            }

            double reflection = -sum / error;
            predictor[order] = 0;
            for (int low = 0, high = order; low <= high; low++, high--)
            {
                (double a, double b) = (predictor[low], predictor[high]);
                (predictor[low], predictor[high]) = (a + (reflection * b), b + (reflection * a));
            }

            error *= 1 - (reflection * reflection);
        }

        return true;
    }
}
