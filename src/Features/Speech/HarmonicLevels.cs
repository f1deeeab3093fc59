using SerLab.Features.Dsp;

namespace SerLab.Features.Speech;

/// <summary>How a voiced frame's power lies on its harmonics. Not shared between threads.</summary>
internal sealed class HarmonicLevels
{
    /// <summary>Levels relative to the first harmonic lie within this many dB; what has no harmonic lies just below.</summary>
    public const float MostDecibels = 201;

    private const double MostRatio = 100;
    private const int MostHarmonics = 100;

    // A formant's harmonics lie within a fifth of its frequency.
    private const double FormantReach = 0.2;

    private readonly SpeechFrames frames;
    private readonly double[] cosines;
    private readonly double[] correlation;
    private readonly double[] positions = new double[MostHarmonics];
    private readonly double[] peaks = new double[MostHarmonics];
    private readonly double[] levels = new double[MostHarmonics];

    /// <summary>Plans for the long frames of a sound.</summary>
    public HarmonicLevels(SpeechFrames frames)
    {
        this.frames = frames;
        int length = frames.LongTransform.Length;
        cosines = [.. Enumerable.Range(0, length).Select(n => Math.Cos(2 * Math.PI * n / length))];
        correlation = new double[frames.LongTransform.BinCount];
    }

    /// <summary>
    /// The ratio of harmonics to noise in dB: what the autocorrelation has at its peak next to the period, against the rest of
    /// the power. The window is not undone, so that even a pure tone has a limit.
    /// </summary>
    public float HarmonicsToNoise(ReadOnlySpan<double> powers, double pitch)
    {
        Array.Fill(correlation, double.NaN);
        int longest = correlation.Length - 2;
        int period = (int)Math.Min(frames.SampleRate / pitch, longest);
        int lag = period;
        for (int away = 0; period - away > 0 || period + away <= longest; away++)
        {
            if (IsPeak(powers, period - away, longest) || IsPeak(powers, period + away, longest))
            {
                lag = IsPeak(powers, period - away, longest) ? period - away : period + away;
                break;
            }
        }

        double whole = Correlation(powers, 0);
        double harmonic = Correlation(powers, lag);
        return whole <= 0 ? 0
            : (float)Math.Clamp(10 * Math.Log10(harmonic / Math.Max(whole - harmonic, 1e-30)), -MostRatio, MostRatio);
    }

    /// <summary>
    /// Hears the harmonics of a frame: each is the spectral peak nearest to a multiple of the pitch, within half of it.
    /// </summary>
    public void Hear(ReadOnlySpan<double> powers, double pitch)
    {
        int taken = -1;
        for (int harmonic = 0; harmonic < MostHarmonics; harmonic++)
        {
            (positions[harmonic], peaks[harmonic], levels[harmonic]) = (0, 0, 0);
            double bin = (harmonic + 1) * pitch / frames.LongSpacing;
            double half = 0.5 * pitch / frames.LongSpacing;
            int from = Math.Max(1, (int)Math.Round(bin - half));
            int to = Math.Min(powers.Length - 2, (int)Math.Round(bin + half));
            if (from <= to && Nearest(powers, (int)Math.Round(bin), from, to) is { } peak && peak != taken)
            {
                taken = peak;
                (double left, double middle, double right) =
                    (Math.Sqrt(powers[peak - 1]), Math.Sqrt(powers[peak]), Math.Sqrt(powers[peak + 1]));
                positions[harmonic] = (peak + Parabola.Vertex(left, middle, right)) * frames.LongSpacing;
                peaks[harmonic] = middle;
                levels[harmonic] = Parabola.Height(left, middle, right);
            }
        }
    }

    /// <summary>The level of a harmonic in dB relative to the first, of what was last heard.</summary>
    /// <param name="harmonic">From 2 on.</param>
    public float Level(int harmonic) => peaks[0] <= 0 || levels[harmonic - 1] <= 0 ? -MostDecibels
        : (float)Math.Max(20 * Math.Log10(levels[harmonic - 1] / peaks[0]), -MostDecibels + 1);

    /// <summary>
    /// The level of the strongest harmonic within a fifth of a formant's frequency in dB relative to the first harmonic, of what
    /// was last heard; 0 where there is none, or where it is the first itself.
    /// </summary>
    public float FormantLevel(double frequency)
    {
        int strongest = -1;
        for (int harmonic = 0; harmonic < MostHarmonics; harmonic++)
        {
            if (Math.Abs(positions[harmonic] - frequency) <= FormantReach * frequency
                && (strongest < 0 ? peaks[harmonic] > 0 : peaks[harmonic] > peaks[strongest]))
            {
                strongest = harmonic;
            }
        }

        return strongest <= 0 ? 0 : Level(strongest + 1);
    }

    private bool IsPeak(ReadOnlySpan<double> powers, int lag, int longest) =>
        lag > 0 && lag <= longest && Correlation(powers, lag) > Correlation(powers, lag - 1)
        && Correlation(powers, lag) > Correlation(powers, lag + 1);

    // The magnitude of the autocorrelation at a lag; few of them are asked for, so none is computed before.
    private double Correlation(ReadOnlySpan<double> powers, int lag)
    {
        if (double.IsNaN(correlation[lag]))
        {
            double sum = 0.5 * (powers[0] + (powers[^1] * cosines[(powers.Length - 1) * lag & (cosines.Length - 1)]));
            for ((int bin, int angle) = (1, lag); bin < powers.Length - 1; bin++, angle = (angle + lag) & (cosines.Length - 1))
            {
                sum += powers[bin] * cosines[angle];
            }

            correlation[lag] = Math.Abs(sum);
        }

        return correlation[lag];
    }

    private static int? Nearest(ReadOnlySpan<double> values, int middle, int from, int to)
    {
        for (int away = 0; middle - away >= from || middle + away <= to; away++)
        {
            foreach (int at in (ReadOnlySpan<int>)[middle + away, middle - away])
            {
                if (at >= from && at <= to && values[at] > values[at - 1] && values[at] > values[at + 1])
                {
                    return at;
                }
            }
        }

        return null;
    }
}
