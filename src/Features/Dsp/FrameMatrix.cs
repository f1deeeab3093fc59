using System.Numerics;
using SerLab.Core;

namespace SerLab.Features.Dsp;

/// <summary>
/// Measurements on every frame of a sound: one row per quantity (spectrum bin, band, descriptor), one column per frame, as
/// librosa lays it out. Immutable.
/// </summary>
public sealed class FrameMatrix
{
    private readonly float[] values;

    /// <summary>A matrix of zeros, to be filled by whoever makes it.</summary>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="frameCount">How many frames.</param>
    /// <exception cref="InvalidInputException">The sound is so long that its frames do not fit into one array.</exception>
    internal FrameMatrix(int rowCount, int frameCount)
    {
        long stride = StrideOf(frameCount);
        if (stride * rowCount > Array.MaxLength)
        {
            throw new InvalidInputException(
                $"{frameCount} frames of {rowCount} values are too many to be analysed at once; cut the sound into pieces.");
        }

        values = new float[stride * rowCount];
        (RowCount, FrameCount, Stride) = (rowCount, frameCount, (int)stride);
    }

    /// <summary>Turns values into others, one by one, e.g. an operation of TensorPrimitives.</summary>
    internal delegate void Elementwise(ReadOnlySpan<float> from, Span<float> to);

    /// <summary>How many quantities.</summary>
    public int RowCount { get; }

    /// <summary>How many frames.</summary>
    public int FrameCount { get; }

    /// <summary>From one row to the next: the frames, rounded up to whole vectors.</summary>
    internal int Stride { get; }

    /// <summary>All rows; what stands beyond the last frame of a row means nothing.</summary>
    internal Span<float> Values => values;

    /// <summary>One quantity on one frame; NaN where it is undefined.</summary>
    public float this[int row, int frame] => Row(row)[frame];

    /// <summary>One quantity over time, frame by frame.</summary>
    /// <param name="row">From 0 to <see cref="RowCount"/> - 1.</param>
    public ReadOnlySpan<float> Row(int row) => Writable(row);

    /// <summary>The length of a row in memory: the frames, rounded up to whole vectors.</summary>
    internal static long StrideOf(int frameCount) =>
        ((long)frameCount + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;

    /// <summary>A row to be filled by whoever makes the matrix.</summary>
    internal Span<float> Writable(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount);
        return values.AsSpan(row * Stride, FrameCount);
    }

    /// <summary>Fills the columns of a batch of frames; value r of lane l at r x lanes + l.</summary>
    internal void SetBatch(int frame, ReadOnlySpan<float> rows)
    {
        for (int row = 0; row < RowCount; row++)
        {
            rows.Slice(row * Vector<float>.Count, Vector<float>.Count).CopyTo(values.AsSpan((row * Stride) + frame));
        }
    }

    /// <summary>A new matrix of values that each follow from one of this.</summary>
    internal FrameMatrix Map(Elementwise function)
    {
        FrameMatrix result = new(RowCount, FrameCount);
        function(values, result.values);
        return result;
    }

    /// <summary>The rows of several matrices of as many frames, one below the other.</summary>
    internal static FrameMatrix Stack(params ReadOnlySpan<FrameMatrix> parts)
    {
        int rows = 0;
        foreach (FrameMatrix part in parts)
        {
            rows += part.RowCount;
        }

        FrameMatrix stack = new(rows, parts[0].FrameCount);
        int from = 0;
        foreach (FrameMatrix part in parts)
        {
            part.values.CopyTo(stack.values.AsSpan(from));
            from += part.values.Length;
        }

        return stack;
    }

    /// <summary>The same values frame by frame: value r of frame t at t x <see cref="RowCount"/> + r.</summary>
    internal float[] ToSeries()
    {
        // In tiles, so that neither side leaves the cache while a line of it is in use.
        const int Tile = 16;
        float[] series = GC.AllocateUninitializedArray<float>(RowCount * FrameCount);
        for (int top = 0; top < RowCount; top += Tile)
        {
            int bottom = Math.Min(top + Tile, RowCount);
            for (int t = 0; t < FrameCount; t++)
            {
                Span<float> frame = series.AsSpan(t * RowCount, RowCount);
                for (int row = top; row < bottom; row++)
                {
                    frame[row] = values[(row * Stride) + t];
                }
            }
        }

        return series;
    }
}
