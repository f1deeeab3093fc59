using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace SerLab.Features.Audio;

/// <summary>
/// Changes the sample rate of signals by a band-limited, linear-phase polyphase filter: at every output instant, a dot product of
/// the input around it with a Kaiser-windowed sinc (Smith, "Digital Audio Resampling",
/// https://ccrma.stanford.edu/~jos/resample/).
/// <para>
/// With f the Nyquist frequency of the lower rate: tones up to 0.92 f keep their amplitude within 0.001 dB; tones beyond f, and
/// their images, are at least 90 dB down; between, they fade. A constant stays that constant. Sample 0 of the output is at the
/// time of sample 0 of the input, nothing is delayed, and before and after the signal there is silence, so that the first and
/// last 80 samples (of the lower rate) are faded by what is missing.
/// </para>
/// <para>
/// Building the filter costs about as much as some seconds of sound: build one per pair of rates and use it for every clip, from
/// as many threads as wanted. It takes at most 5 MB, whatever the rates.
/// </para>
/// </summary>
public sealed class Resampler
{
    /// <summary>The largest factor between two rates.</summary>
    public const int MaximumRatio = 1_000;

    // Rate pairs whose exact filter is larger than this (44,100 to 44,101 has 44,101 phases) interpolate between fewer phases.
    private const int MaximumCoefficients = 1 << 20;

    // Interpolating linearly between phases this far apart errs by (pi / 1024)^2 / 8 of the amplitude: -118 dB.
    private const int InterpolatedPhases = 1_024;

    // Outputs that are computed at once.
    private const int Together = 8;

    private readonly long inputStep;
    private readonly long outputStep;
    private readonly int phases;
    private readonly int taps;
    private readonly int width;
    private readonly float[] coefficients;

    /// <summary>Builds the filter for a pair of rates.</summary>
    /// <param name="inputRate">Samples per second of the signals to come, at least 1.</param>
    /// <param name="outputRate">
    /// Samples per second wanted, at least 1 and within a factor of <see cref="MaximumRatio"/> of the input's.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is not positive, or they are too far apart.</exception>
    public Resampler(int inputRate, int outputRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)outputRate, (long)MaximumRatio * inputRate, nameof(outputRate));
        ArgumentOutOfRangeException.ThrowIfLessThan((long)outputRate * MaximumRatio, inputRate, nameof(outputRate));
        (InputRate, OutputRate) = (inputRate, outputRate);
        int divisor = (int)BigInteger.GreatestCommonDivisor(inputRate, outputRate);
        inputStep = inputRate / divisor;
        outputStep = outputRate / divisor;

        Stretch = Math.Max(1, (double)inputRate / outputRate);
        taps = 2 * HalfTaps;
        phases = outputStep * taps <= MaximumCoefficients ? (int)outputStep : (int)Math.Ceiling(InterpolatedPhases / Stretch);
        width = (taps + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        coefficients = inputRate == outputRate ? [] : Coefficients(phases, HalfTaps, width, Stretch);
    }

    /// <summary>Samples per second of the signals that go in.</summary>
    public int InputRate { get; }

    /// <summary>Samples per second of the signals that come out.</summary>
    public int OutputRate { get; }

    /// <summary>Input samples from an output to the next with the same coefficients.</summary>
    internal int InputStep => (int)inputStep;

    /// <summary>Outputs from one to the next with the same coefficients.</summary>
    internal int OutputStep => (int)outputStep;

    /// <summary>The outputs that are computed at once where the filter is exact.</summary>
    internal int MostOutputs => IsExact ? Together * OutputStep : 1;

    /// <summary>The inputs that they are made of.</summary>
    internal int MostInputs => (IsExact ? Together * InputStep : 0) + width;

    /// <summary>How many samples of the input a sample of the lower rate lasts.</summary>
    internal double Stretch { get; }

    /// <summary>Half of the inputs that an output is made of.</summary>
    internal int HalfTaps => (int)Math.Ceiling(LowPassKernel.HalfWidth * Stretch);

    // Whether every output that there can be has coefficients of its own.
    private bool IsExact => phases == outputStep;

    /// <summary>Changes the rate of one signal; the same object comes back where it has that rate already.</summary>
    /// <param name="signal">Any length.</param>
    /// <param name="sampleRate">Samples per second wanted, within a factor of <see cref="MaximumRatio"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not positive, or too far from the signal's.</exception>
    public static AudioSignal Resample(AudioSignal signal, int sampleRate)
    {
        ArgumentNullException.ThrowIfNull(signal);
        return new Resampler(signal.SampleRate, sampleRate).Resample(signal);
    }

    /// <summary>
    /// Changes the rate of a signal: ceil(n x output rate / input rate) samples, for n given. The same object comes back where
    /// the two rates are equal.
    /// </summary>
    /// <param name="signal">Any length, at <see cref="InputRate"/>.</param>
    /// <exception cref="ArgumentException">The signal has another rate, or the result would be longer than an array.</exception>
    public AudioSignal Resample(AudioSignal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        if (signal.SampleRate != InputRate)
        {
            throw new ArgumentException(
                $"The signal has {signal.SampleRate} Hz, and this resampler takes {InputRate}.", nameof(signal));
        }

        if (InputRate == OutputRate)
        {
            return signal;
        }

        long length = OutputLength(signal.Samples.Length);
        if (length > Array.MaxLength)
        {
            throw new ArgumentException($"The result would have {length} samples.", nameof(signal));
        }

        float[] output = GC.AllocateUninitializedArray<float>((int)length);
        Convolve(signal.Samples.Span, 0, true, 0, output);
        return new AudioSignal(output, OutputRate);
    }

    /// <summary>The same of a sound that need not be in memory; then it is resampled while it is heard.</summary>
    /// <param name="sound">Any length, at <see cref="InputRate"/>.</param>
    public Sound Resample(Sound sound) =>
        sound is AudioSignal signal ? Resample(signal) : InputRate == OutputRate ? sound : new ResampledSound(sound, this);

    // Row p holds the response at distances p / phases - (half - 1) ... p / phases + half from the tap; the last row, p = phases,
    // is row 0 moved by one tap, so that interpolation has a right neighbour everywhere. Rows end in zeros up to whole vectors.
    private static float[] Coefficients(int phases, int half, int width, double stretch)
    {
        int taps = 2 * half;
        float[] rows = new float[(phases + 1) * width];
        double[] row = new double[taps];
        for (int phase = 0; phase <= phases; phase++)
        {
            double fraction = (double)phase / phases;
            double sum = 0;
            for (int tap = 0; tap < taps; tap++)
            {
                row[tap] = LowPassKernel.At((fraction + half - 1 - tap) / stretch);
                sum += row[tap];
            }

            // Every phase sums to one: a constant stays itself, without a trace of the output grid.
            for (int tap = 0; tap < taps; tap++)
            {
                rows[(phase * width) + tap] = (float)(row[tap] / sum);
            }
        }

        return rows;
    }

    /// <summary>How many outputs there are of so many inputs.</summary>
    internal long OutputLength(long inputs) => ((inputs * outputStep) + inputStep - 1) / inputStep;

    /// <summary>
    /// The first input under the filter of output n, which is at input time n x inputStep / outputStep, without rounding.
    /// </summary>
    internal long FirstInput(long n) => (n * inputStep / outputStep) - (taps / 2) + 1;

    /// <summary>
    /// Computes outputs as far as inputs and room go. Outputs that are outputStep apart have the same coefficients, of inputs
    /// that are inputStep apart: eight of them together load every coefficient once. The ends of the signal, and filters that
    /// interpolate, go one output at a time.
    /// </summary>
    /// <param name="input">Inputs from <paramref name="start"/> on.</param>
    /// <param name="start">Not after the first input under the filter of the first output, nor before 0.</param>
    /// <param name="ends">Whether the signal ends with them.</param>
    /// <param name="n">The first output.</param>
    /// <param name="output">Receives it and those after it; room for at least <see cref="MostOutputs"/>, or all.</param>
    /// <returns>How many there were.</returns>
    internal int Convolve(ReadOnlySpan<float> input, long start, bool ends, long n, Span<float> output)
    {
        long end = start + input.Length;
        long total = ends ? OutputLength(end) : long.MaxValue;
        int done = 0;
        while (n < total)
        {
            bool isWithin = IsExact && FirstInput(n) >= 0;
            if (isWithin && FirstInput(n + MostOutputs - 1) + width <= end)
            {
                if (done + MostOutputs > output.Length)
                {
                    break;
                }

                for (int i = 0; i < outputStep; i++)
                {
                    ConvolveTogether(input[(int)(FirstInput(n + i) - start)..], PhaseOf(n + i).Phase, output[(done + i)..]);
                }

                (n, done) = (n + MostOutputs, done + MostOutputs);
            }
            else if (done < output.Length && (ends || (!isWithin && FirstInput(n) + taps <= end)))
            {
                output[done++] = ConvolveOne(input, start, n++);
            }
            else
            {
                break;
            }
        }

        return done;
    }

    private (int Phase, float Weight) PhaseOf(long n)
    {
        (long phase, long between) = Math.DivRem(n * inputStep % outputStep * phases, outputStep);
        return ((int)phase, (float)between / outputStep);
    }

    private float ConvolveOne(ReadOnlySpan<float> input, long start, long n)
    {
        long from = FirstInput(n);
        int skipped = (int)Math.Max(0, -from);
        int first = (int)(from + skipped - start);
        ReadOnlySpan<float> around = input[first..(int)Math.Min(input.Length, from + taps - start)];
        (int phase, float weight) = PhaseOf(n);
        float value = Dot(around, phase, skipped);
        return weight == 0 ? value : value + (weight * (Dot(around, phase + 1, skipped) - value));
    }

    private void ConvolveTogether(ReadOnlySpan<float> input, int phase, Span<float> output)
    {
        ref float samples = ref MemoryMarshal.GetReference(input);
        ref float row = ref coefficients[phase * width];
        nuint step = (nuint)inputStep;
        Vector<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        Vector<float> sum4 = default, sum5 = default, sum6 = default, sum7 = default;
        for (nuint i = 0; i < (nuint)width; i += (nuint)Vector<float>.Count)
        {
            Vector<float> weights = Vector.LoadUnsafe(ref row, i);
            sum0 = Vector.MultiplyAddEstimate(weights, Vector.LoadUnsafe(ref samples, i), sum0);
            sum1 = Vector.MultiplyAddEstimate(weights, Vector.LoadUnsafe(ref samples, i + step), sum1);
            sum2 = Vector.MultiplyAddEstimate(weights, Vector.LoadUnsafe(ref samples, i + (2 * step)), sum2);
            sum3 = Vector.MultiplyAddEstimate(weights, Vector.LoadUnsafe(ref samples, i + (3 * step)), sum3);
            sum4 = Vector.MultiplyAddEstimate(weights, Vector.LoadUnsafe(ref samples, i + (4 * step)), sum4);
            sum5 = Vector.MultiplyAddEstimate(weights, Vector.LoadUnsafe(ref samples, i + (5 * step)), sum5);
            sum6 = Vector.MultiplyAddEstimate(weights, Vector.LoadUnsafe(ref samples, i + (6 * step)), sum6);
            sum7 = Vector.MultiplyAddEstimate(weights, Vector.LoadUnsafe(ref samples, i + (7 * step)), sum7);
        }

        int apart = (int)outputStep;
        output[7 * apart] = Vector.Sum(sum7);
        output[6 * apart] = Vector.Sum(sum6);
        output[5 * apart] = Vector.Sum(sum5);
        output[4 * apart] = Vector.Sum(sum4);
        output[3 * apart] = Vector.Sum(sum3);
        output[2 * apart] = Vector.Sum(sum2);
        output[apart] = Vector.Sum(sum1);
        output[0] = Vector.Sum(sum0);
    }

    private float Dot(ReadOnlySpan<float> around, int phase, int skipped) =>
        TensorPrimitives.Dot(around, coefficients.AsSpan((phase * width) + skipped, around.Length));
}
