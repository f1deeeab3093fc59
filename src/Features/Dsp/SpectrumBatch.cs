using System.Buffers;
using System.Numerics;

namespace SerLab.Features.Dsp;

/// <summary>
/// The working memory in which a batch of consecutive frames, one per vector lane, is cut out of a signal, windowed and transformed.
/// Rented once per signal and given back on disposal, so that nothing is allocated per frame. Not shared between threads.
/// </summary>
/// <remarks>
/// The transform works in 64 bits: in 32 its rounding would exceed, in the quiet bands of a loud sound, the precision to which the
/// descriptors are defined.
/// </remarks>
internal sealed class SpectrumBatch : IDisposable
{
    /// <summary>Frames per batch: as many as a vector of 32-bit floats holds, whatever the precision of the transform.</summary>
    public static readonly int Lanes = Vector<float>.Count;

    private readonly RealFourierTransform<double> transform;
    private readonly double[] window;
    private readonly int hop;
    private readonly int padding;
    private readonly float[] excerpt;
    private readonly double[] memory;

    /// <param name="transform">The plan; its length is the frame length.</param>
    /// <param name="window">One weight per sample of a frame.</param>
    /// <param name="hop">Samples from one frame to the next.</param>
    /// <param name="padding">How many samples the first frame starts before the signal; outside the signal all is zero.</param>
    public SpectrumBatch(RealFourierTransform<double> transform, double[] window, int hop, int padding)
    {
        (this.transform, this.window, this.hop, this.padding) = (transform, window, hop, padding);
        excerpt = ArrayPool<float>.Shared.Rent(ExcerptLength);
        memory = ArrayPool<double>.Shared.Rent(2 * (FrameLength + PlaneLength));
    }

    /// <summary>Real parts: bin k of lane l at k x <see cref="Lanes"/> + l.</summary>
    public ReadOnlySpan<double> Real => memory.AsSpan(2 * FrameLength, PlaneLength);

    /// <summary>Imaginary parts, laid out likewise.</summary>
    public ReadOnlySpan<double> Imaginary => memory.AsSpan(2 * FrameLength + PlaneLength, PlaneLength);

    private int FrameLength => transform.Length * Lanes;

    private int PlaneLength => transform.BinCount * Lanes;

    private int ExcerptLength => (Lanes - 1) * hop + transform.Length;

    /// <summary>Transforms the frames from <paramref name="firstFrame"/> on, one per lane; lanes past the end are silent.</summary>
    public void Transform(ReadOnlySpan<float> samples, int firstFrame)
    {
        Span<float> cut = excerpt.AsSpan(0, ExcerptLength);
        CopyZeroPadded(samples, (long)firstFrame * hop - padding, cut);
        Span<double> frames = memory.AsSpan(0, FrameLength);
        Interleave(cut, frames);
        transform.Transform(
            frames,
            memory.AsSpan(2 * FrameLength, PlaneLength),
            memory.AsSpan(2 * FrameLength + PlaneLength, PlaneLength),
            memory.AsSpan(FrameLength, FrameLength),
            Lanes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(excerpt);
        ArrayPool<double>.Shared.Return(memory);
    }

    private static void CopyZeroPadded(ReadOnlySpan<float> samples, long start, Span<float> target)
    {
        long from = Math.Clamp(start, 0, samples.Length);
        long to = Math.Clamp(start + target.Length, from, samples.Length);
        int offset = (int)Math.Min(from - start, target.Length);
        int length = (int)(to - from);
        target[..offset].Clear();
        samples.Slice((int)from, length).CopyTo(target[offset..]);
        target[(offset + length)..].Clear();
    }

    // Sample n of lane l stands at l x hop + n of the excerpt and goes to n x lanes + l.
    private void Interleave(ReadOnlySpan<float> cut, Span<double> frames)
    {
        int to = 0;
        for (int n = 0; n < window.Length; n++)
        {
            double weight = window[n];
            for (int from = n; to < (n + 1) * Lanes; from += hop, to++)
            {
                frames[to] = cut[from] * weight;
            }
        }
    }
}
