using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SerLab.Datasets.Synthetic;

/// <summary>
/// Adds exponentially decaying sinusoids to a buffer, sixteen samples at a time: the lanes hold consecutive samples of a
/// complex exponential, which one complex multiplication moves on by sixteen samples. Every block starts afresh from double
/// precision, so rounding does not build up.
/// </summary>
internal static class Oscillator
{
    private const int Block = 512;
    private const int Lanes = 16;

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
        Span<float> laneCos = stackalloc float[Lanes];
        Span<float> laneSin = stackalloc float[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
        {
            double magnitude = Math.Exp(-damping * lane);
            laneCos[lane] = (float)(magnitude * Math.Cos(step * lane));
            laneSin[lane] = (float)(magnitude * Math.Sin(step * lane));
        }

        Vector512<float> cosLanes = Vector512.Create<float>(laneCos);
        Vector512<float> sinLanes = Vector512.Create<float>(laneSin);
        float stride = (float)Math.Exp(-Lanes * damping);
        Vector512<float> cosStride = Vector512.Create(stride * (float)Math.Cos(Lanes * step));
        Vector512<float> sinStride = Vector512.Create(stride * (float)Math.Sin(Lanes * step));

        for (int start = 0; start < target.Length; start += Block)
        {
            Span<float> block = target[start..Math.Min(start + Block, target.Length)];
            double amplitude = gain * Math.Exp(-damping * start);
            (double sin, double cos) = Math.SinCos(Math.IEEERemainder(phase + (step * start), 2 * Math.PI));
            float re0 = (float)(amplitude * cos);
            float im0 = (float)(amplitude * sin);
            Vector512<float> re = (re0 * cosLanes) - (im0 * sinLanes);
            Vector512<float> im = (re0 * sinLanes) + (im0 * cosLanes);
            foreach (ref Vector512<float> samples in MemoryMarshal.Cast<float, Vector512<float>>(block))
            {
                samples += im;
                Vector512<float> next = (re * cosStride) - (im * sinStride);
                im = (re * sinStride) + (im * cosStride);
                re = next;
            }

            for (int i = block.Length & -Lanes; i < block.Length; i++)
            {
                block[i] += im[i & (Lanes - 1)];
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
