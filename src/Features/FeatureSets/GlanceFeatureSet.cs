using SerLab.Features.Audio;
using SerLab.Features.Dsp;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// What a library shows of every sound at a glance: how loud it is, how bright, and its outline. Meant for eyes and for filters,
/// not for models.
/// </summary>
public static class GlanceFeatureSet
{
    /// <summary>Pairs of lowest and highest sample in the outline.</summary>
    public const int Pairs = 128;

    /// <summary>Position of the loudness: the level of the root mean square in dB of full scale; -120 at least.</summary>
    public const int Loudness = 0;

    /// <summary>Position of the brightness: the centroid of the mean magnitude spectrum in Hz; 0 for silence.</summary>
    public const int Brightness = 1;

    /// <summary>Position of the first pair of the outline: lowest, highest, of equal parts of the sound.</summary>
    public const int Outline = 2;

    private const int FrameLength = 2048;
    private const double Floor = -120;

    /// <summary>The set.</summary>
    public static FeatureSet Create() => new(
        "glance",
        "Loudness, brightness and outline of a sound.",
        [KeyValuePair.Create("version", "1")],
        ["loudness", "brightness", .. Enumerable.Range(0, Pairs).SelectMany(i => (string[])[$"low{i:000}", $"high{i:000}"])],
        Extract);

    private static float[] Extract(AudioSignal signal)
    {
        ReadOnlySpan<float> samples = signal.Samples.Span;
        float[] values = new float[Outline + (2 * Pairs)];
        values[Loudness] = (float)LoudnessOf(samples);
        values[Brightness] = (float)BrightnessOf(samples, signal.SampleRate);
        for (int i = 0; i < Pairs; i++)
        {
            int start = (int)((long)i * samples.Length / Pairs), end = (int)((long)(i + 1) * samples.Length / Pairs);
            float low = samples.Length == 0 ? 0 : float.PositiveInfinity, high = -low;
            foreach (float sample in samples[start..Math.Min(samples.Length, Math.Max(end, start + 1))])
            {
                (low, high) = (Math.Min(low, sample), Math.Max(high, sample));
            }

            (values[Outline + (2 * i)], values[Outline + (2 * i) + 1]) = (low, high);
        }

        return values;
    }

    private static double LoudnessOf(ReadOnlySpan<float> samples)
    {
        double power = 0;
        foreach (float sample in samples)
        {
            power += (double)sample * sample;
        }

        return Math.Max(Floor, 10 * Math.Log10(power / Math.Max(1, samples.Length)));
    }

    // Every second stretch of 2048 samples is enough for a glance.
    private static double BrightnessOf(ReadOnlySpan<float> samples, int sampleRate)
    {
        RealFourierTransform<double> transform = new(FrameLength);
        double[] frame = new double[FrameLength];
        double[] real = new double[transform.BinCount], imaginary = new double[transform.BinCount];
        double weighted = 0, sum = 0;
        for (int start = 0; start == 0 || start + FrameLength <= samples.Length; start += 2 * FrameLength)
        {
            for (int i = 0; i < FrameLength; i++)
            {
                double window = 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / FrameLength));
                frame[i] = start + i < samples.Length ? samples[start + i] * window : 0;
            }

            transform.Transform(frame, real, imaginary);
            for (int k = 0; k < real.Length; k++)
            {
                double magnitude = Math.Sqrt((real[k] * real[k]) + (imaginary[k] * imaginary[k]));
                weighted += k * magnitude;
                sum += magnitude;
            }
        }

        return sum > 0 ? weighted / sum * sampleRate / FrameLength : 0;
    }
}
