using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SerLab.Datasets.Synthetic;

/// <summary>
/// Adds exponentially decaying sinusoids to a buffer, eight samples at a time: the eight lanes hold consecutive samples of a
/// complex exponential, which one complex multiplication moves on by eight samples. Every block starts afresh from double
/// precision, so rounding does not build up.
/// </summary>
internal static class Oscillator
{
    private const int Block = 512;

    /// <summary>
    /// Adds gain · exp(-decay · t) · sin(2π · frequency · t + phase), t in seconds from the start of the buffer.
    /// </summary>
    /// <param name="target">The buffer.</param>
    /// <param name="sampleRate">Hz.</param>
    /// <param name="frequency">Hz; at or above 45 % of the sample rate nothing is added.</param>
    /// <param name="phase">Radians.</param>
    /// <param name="gain">Amplitude at the start.</param>
    /// <param name="decay">Per second; 0 for a steady tone.</param>
    public static void Add(Span<float> target, int sampleRate, double frequency, double phase, double gain, double decay = 0)
    {
        if (frequency >= 0.45 * sampleRate)
        {
            return;
        }

        double step = 2 * Math.PI * frequency / sampleRate;
        double damping = decay / sampleRate;
        Span<float> laneCos = stackalloc float[8];
        Span<float> laneSin = stackalloc float[8];
        for (int lane = 0; lane < 8; lane++)
        {
            double magnitude = Math.Exp(-damping * lane);
            laneCos[lane] = (float)(magnitude * Math.Cos(step * lane));
            laneSin[lane] = (float)(magnitude * Math.Sin(step * lane));
        }

        Vector256<float> cosLanes = Vector256.Create<float>(laneCos);
        Vector256<float> sinLanes = Vector256.Create<float>(laneSin);
        float stride = (float)Math.Exp(-8 * damping);
        Vector256<float> cosStride = Vector256.Create(stride * (float)Math.Cos(8 * step));
        Vector256<float> sinStride = Vector256.Create(stride * (float)Math.Sin(8 * step));

        for (int start = 0; start < target.Length; start += Block)
        {
            Span<float> block = target[start..Math.Min(start + Block, target.Length)];
            double amplitude = gain * Math.Exp(-damping * start);
            (double sin, double cos) = Math.SinCos(Math.IEEERemainder(phase + (step * start), 2 * Math.PI));
            float re0 = (float)(amplitude * cos);
            float im0 = (float)(amplitude * sin);
            Vector256<float> re = (re0 * cosLanes) - (im0 * sinLanes);
            Vector256<float> im = (re0 * sinLanes) + (im0 * cosLanes);
            foreach (ref Vector256<float> samples in MemoryMarshal.Cast<float, Vector256<float>>(block))
            {
                samples += im;
                Vector256<float> next = (re * cosStride) - (im * sinStride);
                im = (re * sinStride) + (im * cosStride);
                re = next;
            }

            for (int i = block.Length & ~7; i < block.Length; i++)
            {
                block[i] += im[i & 7];
            }
        }
    }

    /// <summary>Multiplies a buffer by 1 + depth · sin(2π · frequency · t + phase).</summary>
    public static void Modulate(
        Span<float> target, Span<float> scratch, int sampleRate, double frequency, double phase, double depth)
    {
        scratch.Fill(1);
        Add(scratch, sampleRate, frequency, phase, depth);
        TensorPrimitives.Multiply(target, scratch, target);
    }
}
