namespace SerLab.Features.Dsp;

/// <summary>
/// Filters that fold a spectrum into the twelve pitch classes C, C sharp ... B: a Gaussian bell around each pitch class in every
/// octave, every bin normalised to unit length over the classes, then weighted by a Gaussian over octaves (centre 5, width 2)
/// that favours the middle of the keyboard (Ellis, "Chroma feature analysis and synthesis", 2007).
/// </summary>
internal static class ChromaBank
{
    /// <summary>How many pitch classes.</summary>
    public const int Classes = 12;

    /// <summary>Equal to <c>librosa.filters.chroma</c> with its defaults: <paramref name="fftLength"/> / 2 + 1 inputs.</summary>
    /// <param name="sampleRate">Samples per second (Hz).</param>
    /// <param name="fftLength">Length of the transform.</param>
    /// <param name="tuning">Deviation from A = 440 Hz, in semitones, as <see cref="PitchTuning"/> estimates it.</param>
    public static FilterBank Librosa(int sampleRate, int fftLength, double tuning = 0) =>
        Build(sampleRate, fftLength, fftLength / 2 + 1, tuning, narrowest: 1);

    /// <summary>
    /// Equal to Meyda 5.6's <c>createChromaFilterBank</c>: the same without tuning and without a lower limit of the width of the
    /// bells (where bins are narrower than a semitone, a bin counts only for a class whose pitch it holds), and
    /// <paramref name="fftLength"/> / 2 inputs.
    /// </summary>
    /// <param name="sampleRate">Samples per second (Hz).</param>
    /// <param name="fftLength">Length of the transform.</param>
    public static FilterBank Meyda(int sampleRate, int fftLength) => Build(sampleRate, fftLength, fftLength / 2, 0, narrowest: 0);

    /// <summary>
    /// Adds up the bins of a constant-Q transform that begins at a C: those nearest to each pitch class, over all octaves. Equal
    /// to <c>librosa.filters.cq_to_chroma</c>.
    /// </summary>
    /// <param name="octaves">Octaves of the transform.</param>
    /// <param name="binsPerOctave">Its bins per octave, a multiple of <see cref="Classes"/>.</param>
    public static FilterBank ConstantQ(int octaves, int binsPerOctave)
    {
        int merged = binsPerOctave / Classes;
        return new FilterBank([.. Enumerable.Range(0, Classes).Select(c => Enumerable.Range(0, octaves * binsPerOctave)
            .Select(bin => (bin + (merged / 2)) / merged % Classes == c ? 1f : 0f).ToArray())]);
    }

    /// <summary>
    /// The pitches of bins above the lowest A, in semitones; that of 0 Hz is put an octave and a half below the first bin's.
    /// </summary>
    internal static double[] Semitones(int sampleRate, int fftLength, int bins, double tuning)
    {
        double reference = 440 * Math.Pow(2, tuning / Classes) / 16;
        double[] semitones =
        [
            .. Enumerable.Range(0, bins).Select(k => Classes * Math.Log2((double)k * sampleRate / fftLength / reference)),
        ];
        semitones[0] = semitones[1] - 1.5 * Classes;
        return semitones;
    }

    private static FilterBank Build(int sampleRate, int fftLength, int inputs, double tuning, double narrowest)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        double[] semitones = Semitones(sampleRate, fftLength, inputs + 1, tuning);
        float[][] rows = [.. Enumerable.Range(0, Classes).Select(_ => new float[inputs])];
        double[] bell = new double[Classes];
        for (int bin = 0; bin < inputs; bin++)
        {
            double width = Math.Max(semitones[bin + 1] - semitones[bin], narrowest);
            double squares = 0;
            for (int c = 0; c < Classes; c++)
            {
                double distance = FloorModulo(semitones[bin] - c + Classes / 2.0, Classes) - Classes / 2.0;
                bell[c] = Math.Exp(-0.5 * Math.Pow(2 * distance / width, 2));
                squares += bell[c] * bell[c];
            }

            double octave = Math.Exp(-0.5 * Math.Pow((semitones[bin] / Classes - 5) / 2, 2));
            double scale = squares > 0 ? octave / Math.Sqrt(squares) : octave;
            for (int c = 0; c < Classes; c++)
            {
                // The reference pitch is an A; C lies three semitones above it.
                rows[(c + Classes - 3) % Classes][bin] = (float)(bell[c] * scale);
            }
        }

        return new FilterBank(rows);
    }

    private static double FloorModulo(double value, double modulus) => value - modulus * Math.Floor(value / modulus);
}
