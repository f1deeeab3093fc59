namespace SerLab.Features.Dsp;

/// <summary>
/// Measurements on every frame of a sound: one row per quantity (spectrum bin, band, descriptor), one column per frame, as
/// librosa lays it out. Immutable.
/// </summary>
public sealed class FrameMatrix
{
    private readonly float[] values;
    private readonly int stride;

    /// <summary>Wraps values without copying them.</summary>
    /// <param name="values">Row-major, each row <paramref name="stride"/> values long, of which the first are the frames.</param>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="frameCount">How many frames.</param>
    /// <param name="stride">From one row to the next: at least <paramref name="frameCount"/>.</param>
    internal FrameMatrix(float[] values, int rowCount, int frameCount, int stride)
    {
        this.values = values;
        this.stride = stride;
        RowCount = rowCount;
        FrameCount = frameCount;
    }

    /// <summary>How many quantities.</summary>
    public int RowCount { get; }

    /// <summary>How many frames.</summary>
    public int FrameCount { get; }

    /// <summary>One quantity on one frame; NaN where it is undefined.</summary>
    public float this[int row, int frame] => Row(row)[frame];

    /// <summary>One quantity over time, frame by frame.</summary>
    /// <param name="row">From 0 to <see cref="RowCount"/> - 1.</param>
    public ReadOnlySpan<float> Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount);
        return values.AsSpan(row * stride, FrameCount);
    }
}
