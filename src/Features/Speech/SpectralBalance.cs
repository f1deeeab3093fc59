using SerLab.Features.Dsp;

namespace SerLab.Features.Speech;

/// <summary>
/// The shape of a short frame's spectrum: loudness, balance of bands, slopes, change and cepstrum. Not shared between threads.
/// </summary>
internal sealed class SpectralBalance
{
    /// <summary>How many cepstral coefficients there are, from the first on.</summary>
    public const int CepstralCount = 4;

    private const int MelBands = 26;
    private const double LowestMel = 20;
    private const double HighestMel = 8000;
    private const double Highest = 5000;
    private const double Liftering = 22;
    private const double LeastPower = 1e-12;

    // Sums over a band stay within 32 bits.
    private const double MostPower = 1e30;

    // One step of 16 bits, squared: HTK's floor of 1 in its units.
    private const double LeastBand = 1.0 / (32767.0 * 32767.0);
    private const double LoudnessExponent = 0.33;

    private readonly double spacing;
    private readonly FilterBank mel;
    private readonly float[] powers32;
    private readonly float[] bands = new float[MelBands];
    private readonly double[] audibility;
    private readonly double[,] cosines = new double[CepstralCount, MelBands];
    private readonly double[] magnitudes;
    private bool hasBefore;

    /// <summary>Plans for the short frames of a sound.</summary>
    public SpectralBalance(SpeechFrames frames)
    {
        spacing = frames.ShortSpacing;
        int length = 2 * (frames.ShortBins - 1);
        double highest = Math.Min(HighestMel, frames.SampleRate / 2.0);
        mel = MelBank.Htk(frames.SampleRate, length, MelBands, LowestMel, highest);
        powers32 = new float[frames.ShortBins];
        magnitudes = new double[1 + (int)Math.Min(frames.ShortBins - 1, Highest / spacing)];
        audibility = [.. MelBank.HtkCentres(MelBands, LowestMel, highest).Select(Audibility)];
        for (int i = 1; i <= CepstralCount; i++)
        {
            double lifter = 1 + (Liftering / 2 * Math.Sin(Math.PI * i / Liftering));
            for (int band = 0; band < MelBands; band++)
            {
                cosines[i - 1, band] =
                    lifter * Math.Sqrt(2.0 / MelBands) * Math.Cos(Math.PI * i / MelBands * (band + 0.5));
            }
        }
    }

    /// <summary>Hears the next frame.</summary>
    public void Hear(ReadOnlySpan<double> powers)
    {
        SpectralFlux = Flux(powers);
        AlphaRatio = Alpha(powers);
        HammarbergIndex = Hammarberg(powers);
        for (int bin = 0; bin < powers.Length; bin++)
        {
            powers32[bin] = (float)Math.Min(powers[bin], MostPower);
        }

        mel.Apply(powers32, bands);
        double loudness = 0;
        for (int band = 0; band < MelBands; band++)
        {
            loudness += Math.Pow(bands[band] * audibility[band], LoudnessExponent);
        }

        Loudness = (float)(loudness / MelBands);
    }

    /// <summary>
    /// The mean over bands of the auditory spectrum: power in 26 mel bands, weighted by what the ear hears of it and raised to
    /// 0.33 (Hermansky 1990).
    /// </summary>
    public float Loudness { get; private set; }

    /// <summary>Power from 1 to 5 kHz against that below, in dB.</summary>
    public float AlphaRatio { get; private set; }

    /// <summary>The highest power below 2 kHz against that from 2 to 5 kHz, in dB.</summary>
    public float HammarbergIndex { get; private set; }

    /// <summary>
    /// The root mean square over the bins up to 5 kHz of the change in magnitude since the frame before; 0 for the first.
    /// </summary>
    public float SpectralFlux { get; private set; }

    /// <summary>The slope of the least-squares line through the spectrum in dB within a band, in dB per Hz.</summary>
    public float Slope(ReadOnlySpan<double> powers, double lowest, double highest)
    {
        int from = (int)Math.Ceiling(lowest / spacing);
        int to = Math.Min(powers.Length - 1, (int)(highest / spacing));
        double middle = 0.5 * (from + to) * spacing;
        (double products, double squares) = (0, 0);
        for (int bin = from; bin <= to; bin++)
        {
            double frequency = (bin * spacing) - middle;
            products += frequency * 10 * Math.Log10(Math.Max(powers[bin], LeastPower));
            squares += frequency * frequency;
        }

        return squares > 0 ? (float)(products / squares) : 0;
    }

    /// <summary>
    /// A coefficient of the mel-frequency cepstrum as HTK has it: 26 bands from 20 Hz to 8 kHz, liftered by 22.
    /// </summary>
    /// <param name="index">From 1 to <see cref="CepstralCount"/>.</param>
    public float Cepstral(int index)
    {
        double sum = 0;
        for (int band = 0; band < MelBands; band++)
        {
            sum += cosines[index - 1, band] * Math.Log(Math.Max(bands[band], LeastBand));
        }

        return (float)sum;
    }

    // The equal-loudness curve of Hermansky (1990) with a steeper fall above 5 kHz, in openSMILE's form and scale.
    private static double Audibility(double frequency)
    {
        double w = 2 * Math.PI * frequency;
        double w2 = w * w;
        double rise = (w2 + 56.8e6) * w2 * w2 / ((w2 + 6.3e6) * (w2 + 6.3e6) * (w2 + 3.8e8));
        return 1e32 * rise / ((w2 * w2 * w2 * w) + 1.7e31);
    }

    private float Alpha(ReadOnlySpan<double> powers)
    {
        (double low, double high) = (0, 0);
        for (int bin = 0; bin < magnitudes.Length; bin++)
        {
            if (bin * spacing < 1000)
            {
                low += powers[bin];
            }
            else
            {
                high += powers[bin];
            }
        }

        return Ratio(high, low);
    }

    private float Hammarberg(ReadOnlySpan<double> powers)
    {
        (double low, double high) = (0, 0);
        for (int bin = 0; bin < magnitudes.Length; bin++)
        {
            if (bin * spacing < 2000)
            {
                low = Math.Max(low, powers[bin]);
            }
            else
            {
                high = Math.Max(high, powers[bin]);
            }
        }

        return Ratio(low, high);
    }

    private static float Ratio(double power, double reference) => reference <= LeastPower ? 0
        : (float)(10 * Math.Log10(Math.Max(power, LeastPower) / reference));

    private float Flux(ReadOnlySpan<double> powers)
    {
        double squares = 0;
        for (int bin = 0; bin < magnitudes.Length; bin++)
        {
            double magnitude = Math.Sqrt(powers[bin]);
            double change = magnitude - magnitudes[bin];
            squares += change * change;
            magnitudes[bin] = magnitude;
        }

        bool changed = hasBefore;
        hasBefore = true;
        return changed ? (float)Math.Sqrt(squares / magnitudes.Length) : 0;
    }
}
