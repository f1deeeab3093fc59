using System.Buffers;
using System.Numerics;
using SerLab.Core;
using SerLab.Features.Audio;

namespace SerLab.Features.Dsp;

/// <summary>
/// Magnitudes at the pitches of an equal-tempered scale, each measured over as many periods (Brown, "Calculation of a constant Q
/// spectral transform", 1991; Schoerkhuber and Klapuri, "Constant-Q transform toolbox for music processing", 2010). Equal to
/// <c>abs(librosa.cqt(y, sr=22050))</c> up to the filter that halves the rate. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// The highest octave is measured on the signal, the next on the signal at half the rate, and so on. In samples, all octaves then
/// have the same wavelets, and one sparse bank serves them all. A wavelet is applied to the spectrum of a frame: with real and
/// imaginary parts of the spectrum stacked, both parts of a complex product are rows of a real <see cref="FilterBank"/>.
/// </remarks>
internal sealed class ConstantQTransform
{
    /// <summary>The pitch C1, at which the lowest bin lies.</summary>
    public const double LowestHertz = 32.703195662574829;

    /// <summary>Octaves from there on.</summary>
    public const int Octaves = 7;

    // The smallest coefficients of a wavelet's spectrum that make up this share of their sum are left out, as librosa does.
    private const double Sparsity = 0.01;

    private readonly Resampler halving = new(2, 1);
    private readonly RealFourierTransform<double> transform;
    private readonly double[] window;
    private readonly FilterBank wavelets;
    private readonly int binsPerOctave;
    private readonly int hop;

    /// <summary>Plans a transform.</summary>
    /// <param name="sampleRate">Samples per second (Hz) of the signals to come.</param>
    /// <param name="hopLength">Samples from one frame to the next, a multiple of 64 (two to the octaves less one).</param>
    /// <param name="binsPerOctave">Bins per octave.</param>
    /// <param name="tuning">By how many bins the scale deviates from A = 440 Hz.</param>
    /// <exception cref="InvalidInputException">The rate is too low for the highest bin.</exception>
    public ConstantQTransform(int sampleRate, int hopLength = 512, int binsPerOctave = 12, double tuning = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hopLength % (1 << (Octaves - 1)), 0, nameof(hopLength));
        (this.binsPerOctave, hop) = (binsPerOctave, hopLength);
        double ratio = Math.Pow(2, 2.0 / binsPerOctave);
        double quality = (ratio + 1) / (ratio - 1);
        double[] cyclesPerSample =
        [
            .. Enumerable.Range(0, binsPerOctave)
                .Select(bin => LowestHertz / sampleRate * Math.Pow(2, Octaves - 1 + ((bin + tuning) / binsPerOctave))),
        ];

        // A Hann window of n samples is as wide as 1.5 / n.
        if (cyclesPerSample[^1] * (1 + (0.75 / quality)) > 0.5)
        {
            throw new InvalidInputException(
                $"A constant-Q transform of {Octaves} octaves from C1 needs more than {sampleRate} samples per second.");
        }

        int length = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Ceiling(quality / cyclesPerSample[0]));
        transform = new RealFourierTransform<double>(length);
        window = [.. Enumerable.Repeat(1.0, length)];
        wavelets = new FilterBank([.. cyclesPerSample.SelectMany(cycles => Wavelet(cycles, quality / cycles))]);
    }

    /// <summary>
    /// The magnitudes: one row per bin from C1 upwards, one column per frame (1 + samples / hop, centred, none for an empty
    /// signal).
    /// </summary>
    /// <param name="signal">A signal of the planned rate, of any length.</param>
    public FrameMatrix Magnitudes(AudioSignal signal)
    {
        ReadOnlyMemory<float> samples = signal.Samples;
        FrameMatrix magnitudes = new(Octaves * binsPerOctave, samples.IsEmpty ? 0 : 1 + (samples.Length / hop));
        float[] rented = ArrayPool<float>.Shared.Rent((wavelets.InputCount + wavelets.BandCount) * SpectrumBatch.Lanes);
        for (int octave = 0; octave < Octaves && magnitudes.FrameCount > 0; octave++)
        {
            if (octave > 0)
            {
                samples = halving.Resample(new AudioSignal(samples, halving.InputRate)).Samples;
            }

            Measure(new AudioSignal(samples, halving.InputRate), octave, rented, magnitudes);
        }

        ArrayPool<float>.Shared.Return(rented);
        return magnitudes;
    }

    private void Measure(AudioSignal signal, int octave, Span<float> memory, FrameMatrix magnitudes)
    {
        int lanes = SpectrumBatch.Lanes;
        Span<float> spectra = memory[..(wavelets.InputCount * lanes)];
        Span<float> products = memory.Slice(spectra.Length, wavelets.BandCount * lanes);
        int firstRow = (Octaves - 1 - octave) * binsPerOctave;

        // librosa keeps energies: filters and signal gain the root of 2 with every halving, and long filters lose it.
        Vector<float> scale = new(MathF.Pow(2, octave / 2f));
        using ISampleReader reader = signal.Open();
        using SpectrumBatch batch = new(reader, transform, window, hop >> octave, padding: transform.Length / 2);
        for (int frame = 0; frame < magnitudes.FrameCount; frame += lanes)
        {
            batch.NextSpectra();
            batch.CopyTo(spectra);
            wavelets.Apply(spectra, lanes, products, lanes, lanes);
            for (int bin = 0; bin < binsPerOctave; bin++)
            {
                Vector<float> real = new(products[(2 * bin * lanes)..]), imaginary = new(products[(((2 * bin) + 1) * lanes)..]);
                (scale * Vector.SquareRoot((real * real) + (imaginary * imaginary)))
                    .CopyTo(magnitudes.Values[(((firstRow + bin) * magnitudes.Stride) + frame)..]);
            }
        }
    }

    // The rows for the real and the imaginary part of the product with a spectrum whose parts are stacked.
    private float[][] Wavelet(double cycles, double duration)
    {
        int first = (int)Math.Floor(-duration / 2), size = (int)Math.Floor(duration / 2) - first;
        double[] hann = HannWindow.Periodic(size);

        // Unit sum of magnitudes, and energies that do not depend on the duration.
        double scale = duration / transform.Length / hann.Sum() / Math.Sqrt(duration);
        double Angle(int t) => 2 * Math.PI * cycles * (first + t);
        (double[] Real, double[] Imaginary) wave = Spectrum(t => scale * hann[t] * Math.Cos(Angle(t)), size);
        (double[] Real, double[] Imaginary) quadrature = Spectrum(t => scale * hann[t] * Math.Sin(Angle(t)), size);
        int bins = transform.BinCount;
        double[] real = new double[bins], imaginary = new double[bins], magnitudes = new double[bins];
        for (int k = 0; k < bins; k++)
        {
            real[k] = wave.Real[k] - quadrature.Imaginary[k];
            imaginary[k] = wave.Imaginary[k] + quadrature.Real[k];
            magnitudes[k] = Math.Sqrt((real[k] * real[k]) + (imaginary[k] * imaginary[k]));
        }

        double least = Least(magnitudes);
        float[] realRow = new float[2 * bins], imaginaryRow = new float[2 * bins];
        for (int k = 0; k < bins; k++)
        {
            if (magnitudes[k] >= least)
            {
                (realRow[k], realRow[bins + k]) = ((float)real[k], (float)-imaginary[k]);
                (imaginaryRow[k], imaginaryRow[bins + k]) = ((float)imaginary[k], (float)real[k]);
            }
        }

        return [realRow, imaginaryRow];
    }

    private (double[] Real, double[] Imaginary) Spectrum(Func<int, double> sample, int size)
    {
        double[] centred = new double[transform.Length];
        for (int t = 0; t < size; t++)
        {
            centred[((transform.Length - size) / 2) + t] = sample(t);
        }

        (double[] real, double[] imaginary) = (new double[transform.BinCount], new double[transform.BinCount]);
        transform.Transform(centred, real, imaginary);
        return (real, imaginary);
    }

    private static double Least(double[] magnitudes)
    {
        double left = Sparsity * magnitudes.Sum();
        double[] ascending = [.. magnitudes.Order()];
        int i = 0;
        for (; i < ascending.Length - 1 && (left -= ascending[i]) > 0; i++)
        {
        }

        return ascending[i];
    }
}
