using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
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
    private const int Hop = 2 * FrameLength;
    private const int LoudnessBlock = 4096;
    private const double Floor = -120;

    private static readonly int Lanes = Vector<float>.Count;
    private static readonly int FrameSize = FrameLength * Lanes;

    // Planned once: making a window costs as much as a transform.
    private static readonly RealFourierTransform<float> Transform = new(FrameLength);
    private static readonly float[] Window = Array.ConvertAll(HannWindow.Periodic(FrameLength), weight => (float)weight);
    private static readonly float[] Bins = [.. Enumerable.Range(0, Transform.BinCount * Lanes).Select(i => (float)(i / Lanes))];
    private static readonly int PlaneSize = Transform.BinCount * Lanes;

    /// <summary>The set.</summary>
    public static FeatureSet Create() => new(
        "glance",
        "Loudness, brightness and outline of a sound.",
        [KeyValuePair.Create("version", "2")],
        ["loudness", "brightness", .. Enumerable.Range(0, Pairs).SelectMany(i => (string[])[$"low{i:000}", $"high{i:000}"])],
        Extract);

    private static float[] Extract(AudioSignal signal)
    {
        ReadOnlySpan<float> samples = signal.Samples.Span;
        float[] values = new float[Outline + (2 * Pairs)];
        values[Loudness] = (float)LoudnessOf(samples);
        values[Brightness] = (float)BrightnessOf(samples, signal.SampleRate);
        for (int i = 0; i < Pairs && samples.Length > 0; i++)
        {
            int start = (int)((long)i * samples.Length / Pairs), end = (int)((long)(i + 1) * samples.Length / Pairs);
            ReadOnlySpan<float> part = samples[start..Math.Max(end, start + 1)];
            values[Outline + (2 * i)] = TensorPrimitives.Min(part);
            values[Outline + (2 * i) + 1] = TensorPrimitives.Max(part);
        }

        return values;
    }

    private static double LoudnessOf(ReadOnlySpan<float> samples)
    {
        double power = 0;
        for (int start = 0; start < samples.Length; start += LoudnessBlock)
        {
            power += TensorPrimitives.SumOfSquares(samples[start..Math.Min(samples.Length, start + LoudnessBlock)]);
        }

        return Math.Max(Floor, 10 * Math.Log10(power / Math.Max(1, samples.Length)));
    }

    // Every second stretch of 2048 samples is enough for a glance. As many as a vector has lanes are transformed at once; those
    // that a sound has no more of are silent, and add nothing.
    private static double BrightnessOf(ReadOnlySpan<float> samples, int sampleRate)
    {
        float[] memory = ArrayPool<float>.Shared.Rent(2 * (FrameSize + PlaneSize));
        Span<float> frames = memory.AsSpan(0, FrameSize), scratch = memory.AsSpan(FrameSize, FrameSize);
        Span<float> real = memory.AsSpan(2 * FrameSize, PlaneSize);
        Span<float> imaginary = memory.AsSpan((2 * FrameSize) + PlaneSize, PlaneSize);
        double weighted = 0, sum = 0;
        for (int first = 0; first == 0 || first + FrameLength <= samples.Length; first += Lanes * Hop)
        {
            frames.Clear();
            for (int lane = 0; lane < Lanes; lane++)
            {
                int start = first + (lane * Hop);
                if (start > 0 && start + FrameLength > samples.Length)
                {
                    break;
                }

                // Only a sound shorter than a frame leaves some of it at zero.
                ReadOnlySpan<float> heard = samples[start..Math.Min(samples.Length, start + FrameLength)];
                for (int n = 0; n < heard.Length; n++)
                {
                    frames[(n * Lanes) + lane] = heard[n] * Window[n];
                }
            }

            Transform.Transform(frames, real, imaginary, scratch, Lanes);
            TensorPrimitives.Multiply<float>(real, real, real);
            TensorPrimitives.MultiplyAdd<float>(imaginary, imaginary, real, real);
            TensorPrimitives.Sqrt<float>(real, real);
            weighted += TensorPrimitives.Dot<float>(Bins, real);
            sum += TensorPrimitives.Sum<float>(real);
        }

        ArrayPool<float>.Shared.Return(memory);
        return sum > 0 ? weighted / sum * sampleRate / FrameLength : 0;
    }
}
