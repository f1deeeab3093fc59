using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SerLab.Features.Dsp;

/// <summary>
/// The working memory in which a batch of consecutive frames, one per vector lane, is cut out of a signal, windowed and
/// transformed. Rented once per signal and given back on disposal, so that nothing is allocated per frame. Not shared between
/// threads.
/// </summary>
/// <remarks>
/// The transform works in 64 bits: in 32 its rounding would exceed, in the quiet bands of a loud sound, the precision to which
/// the descriptors are defined.
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
    private readonly float[] columns;
    private readonly double[] memory;

    /// <param name="transform">The plan; its length is the frame length.</param>
    /// <param name="window">One weight per sample of a frame.</param>
    /// <param name="hop">Samples from one frame to the next.</param>
    /// <param name="padding">How many samples the first frame starts before the signal; outside the signal all is zero.</param>
    public SpectrumBatch(RealFourierTransform<double> transform, double[] window, int hop, int padding)
    {
        (this.transform, this.window, this.hop, this.padding) = (transform, window, hop, padding);
        excerpt = ArrayPool<float>.Shared.Rent(ExcerptLength);
        columns = ArrayPool<float>.Shared.Rent(hop * ColumnCount);
        memory = ArrayPool<double>.Shared.Rent(2 * (FrameLength + PlaneLength));
    }

    /// <summary>Real parts: bin k of lane l at k x <see cref="Lanes"/> + l.</summary>
    public ReadOnlySpan<double> Real => memory.AsSpan(2 * FrameLength, PlaneLength);

    /// <summary>Imaginary parts, laid out likewise.</summary>
    public ReadOnlySpan<double> Imaginary => memory.AsSpan(2 * FrameLength + PlaneLength, PlaneLength);

    /// <summary>Copies the spectra in 32 bits: all real parts, then all imaginary parts.</summary>
    public void CopyTo(Span<float> spectra)
    {
        ReadOnlySpan<Vector<double>> from = MemoryMarshal.Cast<double, Vector<double>>(
            memory.AsSpan(2 * FrameLength, 2 * PlaneLength));
        Span<Vector<float>> to = MemoryMarshal.Cast<float, Vector<float>>(spectra)[..(from.Length / 2)];
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = Vector.Narrow(from[2 * i], from[(2 * i) + 1]);
        }
    }

    private int FrameLength => transform.Length * Lanes;

    private int PlaneLength => transform.BinCount * Lanes;

    // The last frame of a batch, rounded up to whole hops, ends the excerpt.
    private int ColumnCount => Lanes + (transform.Length - 1) / hop;

    private int ExcerptLength => ColumnCount * hop;

    /// <summary>
    /// Transforms the frames from <paramref name="firstFrame"/> on, one per lane; lanes past the end are silent.
    /// </summary>
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
        ArrayPool<float>.Shared.Return(columns);
        ArrayPool<double>.Shared.Return(memory);
    }

    private static void CopyZeroPadded(ReadOnlySpan<float> samples, long start, Span<float> target)
    {
        long from = Math.Clamp(start, 0, samples.Length);
        long to = Math.Clamp(start + target.Length, from, samples.Length);
        int offset = (int)Math.Clamp(from - start, 0, target.Length);
        int length = (int)(to - from);
        target[..offset].Clear();
        samples.Slice((int)from, length).CopyTo(target[offset..]);
        target[(offset + length)..].Clear();
    }

    // Sample n = q x hop + m of lane l stands at (l + q) x hop + m of the excerpt. Frames overlap, so the excerpt alone is
    // transposed, into rows m of columns j = l + q; the lanes of sample n are then neighbours in row m from column q on.
    private void Interleave(ReadOnlySpan<float> cut, Span<double> frames)
    {
        int columnCount = ColumnCount;
        ref float source = ref MemoryMarshal.GetReference(cut);
        ref float transposed = ref MemoryMarshal.GetArrayDataReference(columns);
        for (int j = 0; j < columnCount; j++)
        {
            ref float from = ref Unsafe.Add(ref source, j * hop);
            ref float to = ref Unsafe.Add(ref transposed, j);
            for (int m = 0; m < hop; m++)
            {
                to = Unsafe.Add(ref from, m);
                to = ref Unsafe.Add(ref to, columnCount);
            }
        }

        Span<Vector<double>> target = MemoryMarshal.Cast<double, Vector<double>>(frames);
        for (int q = 0, n = 0; n < window.Length; q++)
        {
            for (int m = 0; m < hop && n < window.Length; m++, n++)
            {
                Vector<float> lanes = Vector.LoadUnsafe(ref transposed, (nuint)(m * columnCount + q));
                Vector.Widen(lanes, out Vector<double> low, out Vector<double> high);
                Vector<double> weight = new(window[n]);
                target[2 * n] = low * weight;
                target[2 * n + 1] = high * weight;
            }
        }
    }
}
