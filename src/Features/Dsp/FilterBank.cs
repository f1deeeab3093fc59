using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SerLab.Features.Dsp;

/// <summary>
/// A matrix that may be mostly zero (mel triangles, chroma bells, a cosine transform): output band = weighted sum of input
/// bins. Only runs of non-zero weights are kept. Immutable.
/// </summary>
public sealed class FilterBank
{
    private readonly float[] weights;
    private readonly Run[] runs;
    private readonly int[] firstRun;

    /// <summary>Keeps the non-zero runs of a dense matrix.</summary>
    /// <param name="rows">One array of weights per band, all equally long; at least one row.</param>
    /// <exception cref="ArgumentException">There is no row, or the rows differ in length.</exception>
    public FilterBank(IReadOnlyList<float[]> rows)
    {
        if (rows.Count == 0 || rows.Any(row => row.Length != rows[0].Length))
        {
            throw new ArgumentException("A filter bank needs rows of equal length.", nameof(rows));
        }

        List<float> kept = [];
        List<Run> found = [];
        firstRun = new int[rows.Count + 1];
        for (int r = 0; r < rows.Count; r++)
        {
            float[] row = rows[r];
            for (int c = 0; c < row.Length; c++)
            {
                if (row[c] == 0)
                {
                    continue;
                }

                int start = c;
                for (; c < row.Length && row[c] != 0; c++)
                {
                    kept.Add(row[c]);
                }

                found.Add(new Run(start, c - start, kept.Count - (c - start)));
            }

            firstRun[r + 1] = found.Count;
        }

        (weights, runs) = ([.. kept], [.. found]);
        InputCount = rows[0].Length;
    }

    private readonly record struct Run(int Start, int Length, int Offset);

    /// <summary>How many bins go in.</summary>
    public int InputCount { get; }

    /// <summary>How many bands come out.</summary>
    public int BandCount => firstRun.Length - 1;

    /// <summary>The weights of one band over all bins, zeros included.</summary>
    /// <param name="band">From 0 to <see cref="BandCount"/> - 1.</param>
    public float[] Row(int band)
    {
        float[] row = new float[InputCount];
        foreach (Run run in runs.AsSpan(firstRun[band]..firstRun[band + 1]))
        {
            weights.AsSpan(run.Offset, run.Length).CopyTo(row.AsSpan(run.Start));
        }

        return row;
    }

    /// <summary>Applies the weights to one spectrum.</summary>
    /// <param name="spectrum"><see cref="InputCount"/> values.</param>
    /// <param name="bands">Receives <see cref="BandCount"/> values.</param>
    public void Apply(ReadOnlySpan<float> spectrum, Span<float> bands)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spectrum.Length, InputCount, nameof(spectrum));
        for (int band = 0; band < BandCount; band++)
        {
            float sum = 0;
            foreach (Run run in runs.AsSpan(firstRun[band]..firstRun[band + 1]))
            {
                sum += TensorPrimitives.Dot(
                    weights.AsSpan(run.Offset, run.Length), spectrum.Slice(run.Start, run.Length));
            }

            bands[band] = sum;
        }
    }

    /// <summary>Applies the weights to the spectrum of every frame.</summary>
    /// <param name="spectra"><see cref="InputCount"/> rows.</param>
    /// <returns><see cref="BandCount"/> rows.</returns>
    public FrameMatrix Apply(FrameMatrix spectra)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(spectra.RowCount, InputCount, nameof(spectra));
        FrameMatrix bands = new(BandCount, spectra.FrameCount);
        if (spectra.FrameCount > 0)
        {
            Apply(spectra.Values, spectra.Stride, bands.Values, bands.Stride, bands.Stride);
        }

        return bands;
    }

    /// <summary>
    /// Applies the weights to many spectra, given as the columns of a row-major matrix (rows are bins, columns are frames).
    /// </summary>
    /// <param name="input">Bin b of frame f at b x inputStride + f.</param>
    /// <param name="inputStride">From one bin to the next.</param>
    /// <param name="output">Receives band b of frame f at b x outputStride + f.</param>
    /// <param name="outputStride">From one band to the next.</param>
    /// <param name="frames">How many frames: a multiple of <c>Vector&lt;float&gt;.Count</c>.</param>
    internal void Apply(ReadOnlySpan<float> input, int inputStride, Span<float> output, int outputStride, int frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(input.Length, (InputCount - 1) * inputStride + frames, nameof(input));
        ArgumentOutOfRangeException.ThrowIfLessThan(output.Length, (BandCount - 1) * outputStride + frames, nameof(output));
        nuint stride = (nuint)inputStride;
        for (int frame = 0; frame < frames; frame += Vector<float>.Count)
        {
            ref float origin = ref MemoryMarshal.GetReference(input[frame..]);
            for (int band = 0; band < BandCount; band++)
            {
                if (WeighsTheSameBinsAsTheNextTwo(band))
                {
                    ApplyThree(ref Unsafe.Add(ref origin, BinOf(band) * stride), stride, band, output[frame..], outputStride);
                    band += 2;
                    continue;
                }

                // Four independent sums hide the latency of the fused multiply-add.
                Vector<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
                for (int r = firstRun[band]; r < firstRun[band + 1]; r++)
                {
                    Run run = runs[r];
                    ReadOnlySpan<float> w = weights.AsSpan(run.Offset, run.Length);
                    nuint at = (nuint)run.Start * stride;
                    int i = 0;
                    for (; i <= w.Length - 4; i += 4, at += 4 * stride)
                    {
                        sum0 = Add(w[i], ref origin, at, sum0);
                        sum1 = Add(w[i + 1], ref origin, at + stride, sum1);
                        sum2 = Add(w[i + 2], ref origin, at + 2 * stride, sum2);
                        sum3 = Add(w[i + 3], ref origin, at + 3 * stride, sum3);
                    }

                    for (; i < w.Length; i++, at += stride)
                    {
                        sum0 = Add(w[i], ref origin, at, sum0);
                    }
                }

                (sum0 + sum1 + (sum2 + sum3)).CopyTo(output[(band * outputStride + frame)..]);
            }
        }
    }

    private nuint BinOf(int band) => (nuint)runs[firstRun[band]].Start;

    // As all bands of a dense matrix do, in one run each.
    private bool WeighsTheSameBinsAsTheNextTwo(int band)
    {
        if (band + 3 > BandCount)
        {
            return false;
        }

        for (int i = band; i < band + 3; i++)
        {
            bool isOneRun = firstRun[i + 1] == firstRun[i] + 1;
            if (!isOneRun || (runs[firstRun[i]] with { Offset = 0 }) != (runs[firstRun[band]] with { Offset = 0 }))
            {
                return false;
            }
        }

        return true;
    }

    // Three bands load their bins once; the sums of each are those of a band by itself.
    private void ApplyThree(ref float bins, nuint stride, int band, Span<float> output, int outputStride)
    {
        int length = runs[firstRun[band]].Length;
        ref float w0 = ref weights[runs[firstRun[band]].Offset];
        ref float w1 = ref Unsafe.Add(ref w0, length);
        ref float w2 = ref Unsafe.Add(ref w1, length);
        Vector<float> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector<float> b0 = default, b1 = default, b2 = default, b3 = default;
        Vector<float> c0 = default, c1 = default, c2 = default, c3 = default;
        int i = 0;
        for (; i <= length - 4; i += 4)
        {
            Vector<float> x = Vector.LoadUnsafe(ref bins);
            a0 = Add(ref w0, i, x, a0);
            b0 = Add(ref w1, i, x, b0);
            c0 = Add(ref w2, i, x, c0);
            x = Vector.LoadUnsafe(ref bins, stride);
            a1 = Add(ref w0, i + 1, x, a1);
            b1 = Add(ref w1, i + 1, x, b1);
            c1 = Add(ref w2, i + 1, x, c1);
            x = Vector.LoadUnsafe(ref bins, 2 * stride);
            a2 = Add(ref w0, i + 2, x, a2);
            b2 = Add(ref w1, i + 2, x, b2);
            c2 = Add(ref w2, i + 2, x, c2);
            x = Vector.LoadUnsafe(ref bins, 3 * stride);
            a3 = Add(ref w0, i + 3, x, a3);
            b3 = Add(ref w1, i + 3, x, b3);
            c3 = Add(ref w2, i + 3, x, c3);
            bins = ref Unsafe.Add(ref bins, 4 * stride);
        }

        for (; i < length; i++, bins = ref Unsafe.Add(ref bins, stride))
        {
            Vector<float> x = Vector.LoadUnsafe(ref bins);
            a0 = Add(ref w0, i, x, a0);
            b0 = Add(ref w1, i, x, b0);
            c0 = Add(ref w2, i, x, c0);
        }

        (a0 + a1 + (a2 + a3)).CopyTo(output[(band * outputStride)..]);
        (b0 + b1 + (b2 + b3)).CopyTo(output[((band + 1) * outputStride)..]);
        (c0 + c1 + (c2 + c3)).CopyTo(output[((band + 2) * outputStride)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Add(ref float weights, int i, Vector<float> bins, Vector<float> sum) =>
        Vector.MultiplyAddEstimate(new Vector<float>(Unsafe.Add(ref weights, i)), bins, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Add(float weight, ref float origin, nuint offset, Vector<float> sum) =>
        Vector.MultiplyAddEstimate(new Vector<float>(weight), Vector.LoadUnsafe(ref origin, offset), sum);
}
