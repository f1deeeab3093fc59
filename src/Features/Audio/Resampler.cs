using System.Numerics;
using System.Numerics.Tensors;

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

    private readonly long inputStep;
    private readonly long outputStep;
    private readonly int phases;
    private readonly int taps;
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

        double stretch = Math.Max(1, (double)inputRate / outputRate);
        int half = (int)Math.Ceiling(LowPassKernel.HalfWidth * stretch);
        taps = 2 * half;
        phases = outputStep * taps <= MaximumCoefficients ? (int)outputStep : (int)Math.Ceiling(InterpolatedPhases / stretch);
        coefficients = inputRate == outputRate ? [] : Coefficients(phases, half, stretch);
    }

    /// <summary>Samples per second of the signals that go in.</summary>
    public int InputRate { get; }

    /// <summary>Samples per second of the signals that come out.</summary>
    public int OutputRate { get; }

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

        long length = ((signal.Samples.Length * outputStep) + inputStep - 1) / inputStep;
        if (length > Array.MaxLength)
        {
            throw new ArgumentException($"The result would have {length} samples.", nameof(signal));
        }

        float[] output = GC.AllocateUninitializedArray<float>((int)length);
        Convolve(signal.Samples.Span, output);
        return new AudioSignal(output, OutputRate);
    }

    // Row p holds the response at distances p / phases - (half - 1) ... p / phases + half from the tap; the last row, p = phases,
    // is row 0 moved by one tap, so that interpolation has a right neighbour everywhere.
    private static float[] Coefficients(int phases, int half, double stretch)
    {
        int taps = 2 * half;
        float[] rows = new float[(phases + 1) * taps];
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
                rows[(phase * taps) + tap] = (float)(row[tap] / sum);
            }
        }

        return rows;
    }

    private void Convolve(ReadOnlySpan<float> input, Span<float> output)
    {
        int lead = (taps / 2) - 1;
        long position = 0;
        long remainder = 0;
        for (int n = 0; n < output.Length; n++)
        {
            // Output n is at input time position + remainder / outputStep, without rounding for any n.
            int first = (int)Math.Max(0, position - lead);
            int end = (int)Math.Min(input.Length, position - lead + taps);
            ReadOnlySpan<float> around = input[first..end];
            int skipped = (int)(first - (position - lead));
            (long phase, long between) = Math.DivRem(remainder * phases, outputStep);
            float value = Dot(around, (int)phase, skipped);
            if (between != 0)
            {
                float weight = (float)between / outputStep;
                value += weight * (Dot(around, (int)phase + 1, skipped) - value);
            }

            output[n] = value;
            remainder += inputStep;
            (long steps, remainder) = Math.DivRem(remainder, outputStep);
            position += steps;
        }
    }

    private float Dot(ReadOnlySpan<float> around, int phase, int skipped) =>
        TensorPrimitives.Dot(around, coefficients.AsSpan((phase * taps) + skipped, around.Length));
}
