using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using SerLab.Features.Audio;

namespace SerLab.Features.Dsp;

/// <summary>
/// The frames of a sound, a batch of consecutive ones after the other, one per vector lane: cut out while the sound is heard,
/// windowed and transformed. Working memory is rented once per sound and given back on disposal, so that nothing is allocated per
/// frame. Not shared between threads.
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
    private readonly ISampleReader reader;
    private long nextFrame;
    private long heard;

    /// <param name="reader">The sound, from its start; stays open.</param>
    /// <param name="transform">The plan; its length is the frame length.</param>
    /// <param name="window">One weight per sample of a frame.</param>
    /// <param name="hop">Samples from one frame to the next.</param>
    /// <param name="padding">How many samples the first frame starts before the signal; outside the signal all is zero.</param>
    public SpectrumBatch(
        ISampleReader reader, RealFourierTransform<double> transform, double[] window, int hop, int padding)
    {
        (this.reader, this.transform, this.window, this.hop, this.padding) = (reader, transform, window, hop, padding);
        excerpt = ArrayPool<float>.Shared.Rent(hop * ColumnStride);
        columns = ArrayPool<float>.Shared.Rent(hop * ColumnStride);
        memory = ArrayPool<double>.Shared.Rent(2 * (FrameLength + PlaneLength));
        excerpt.AsSpan(0, hop * ColumnStride).Clear();
    }

    /// <summary>The samples from the first frame of the batch on, as far as the sound goes, where there is no padding.</summary>
    public ReadOnlySpan<float> Samples => Excerpt[..(int)Math.Min(ExcerptLength, heard - Start(nextFrame - Lanes))];

    /// <summary>After <see cref="Next"/>, the power of bin k of lane l at k x <see cref="Lanes"/> + l.</summary>
    public ReadOnlySpan<double> Powers => Plane;

    /// <summary>After <see cref="NextSpectra"/>, the spectra in 32 bits: all real parts, then all imaginary parts.</summary>
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

    // Columns beyond the last are zero.
    private int ColumnStride => (ColumnCount + Transposition.Block - 1) / Transposition.Block * Transposition.Block;

    private int ExcerptLength => ColumnCount * hop;

    private Span<float> Excerpt => excerpt.AsSpan(0, ExcerptLength);

    private Span<double> Windowed => memory.AsSpan(0, FrameLength);

    private Span<double> Scratch => memory.AsSpan(FrameLength, FrameLength);

    private Span<double> Plane => memory.AsSpan(2 * FrameLength, PlaneLength);

    private Span<double> SecondPlane => memory.AsSpan((2 * FrameLength) + PlaneLength, PlaneLength);

    /// <summary>
    /// How many frames there are of so many samples: all that begin and end within sound and padding, at least one of any sound.
    /// </summary>
    public static long FrameCount(long samples, int frameLength, int hop, int padding) =>
        samples == 0 ? 0 : 1 + (Math.Max(0, samples + (2L * padding) - frameLength) / hop);

    /// <summary>Hears the sound up to a frame, so that the next batch begins there.</summary>
    /// <param name="frame">Not before the batches that were given; before it nothing is transformed.</param>
    public void SkipTo(long frame)
    {
        while (nextFrame < frame)
        {
            Hear();
            nextFrame += Lanes;
        }
    }

    /// <summary>Hears and transforms the next frames, one per lane; lanes past the end are without meaning.</summary>
    /// <returns>How many frames there were; fewer than <see cref="Lanes"/> only at the end, then 0.</returns>
    public int Next()
    {
        int frames = Cut();
        if (frames > 0)
        {
            transform.Powers(Windowed, Plane, SecondPlane, Scratch, Lanes);
        }

        return frames;
    }

    /// <summary>The same where more than powers is wanted.</summary>
    public int NextSpectra()
    {
        int frames = Cut();
        if (frames > 0)
        {
            transform.Transform(Windowed, Plane, SecondPlane, Scratch, Lanes);
        }

        return frames;
    }

    private int Cut()
    {
        bool goesOn = Hear();
        int frames = goesOn
            ? Lanes
            : (int)Math.Clamp(FrameCount(heard, transform.Length, hop, padding) - nextFrame, 0, Lanes);
        nextFrame += Lanes;
        if (frames > 0)
        {
            Interleave(Windowed);
        }

        return frames;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(excerpt);
        ArrayPool<float>.Shared.Return(columns);
        ArrayPool<double>.Shared.Return(memory);
    }

    private long Start(long frame) => (frame * hop) - padding;

    // Moves the excerpt on to the next batch of frames. What is beyond the end is zero, and so is what is before the start, for
    // there the excerpt has nothing yet. Whether the sound reaches to the end of the excerpt.
    private bool Hear()
    {
        Span<float> cut = Excerpt;
        long end = Start(nextFrame) + ExcerptLength;
        int fresh = (int)Math.Min(end - heard, ExcerptLength);
        cut[Math.Min(Lanes * hop, ExcerptLength)..].CopyTo(cut);
        Span<float> target = cut[^fresh..];
        int read = reader.Read(target);
        heard += read;
        target[read..].Clear();
        return read == target.Length;
    }

    // Sample n = q x hop + m of lane l stands at (l + q) x hop + m of the excerpt. Frames overlap, so the excerpt alone is
    // transposed, into rows m of columns j = l + q; the lanes of sample n are then neighbours in row m from column q on.
    private void Interleave(Span<double> frames)
    {
        int stride = ColumnStride;
        Transposition.Write(excerpt.AsSpan(0, hop * stride), stride, columns);
        ref float transposed = ref MemoryMarshal.GetArrayDataReference(columns);
        Span<Vector<double>> target = MemoryMarshal.Cast<double, Vector<double>>(frames);
        for (int q = 0, n = 0; n < window.Length; q++)
        {
            for (int m = 0; m < hop && n < window.Length; m++, n++)
            {
                Vector<float> lanes = Vector.LoadUnsafe(ref transposed, (nuint)(m * stride + q));
                Vector.Widen(lanes, out Vector<double> low, out Vector<double> high);
                Vector<double> weight = new(window[n]);
                target[2 * n] = low * weight;
                target[2 * n + 1] = high * weight;
            }
        }
    }
}
