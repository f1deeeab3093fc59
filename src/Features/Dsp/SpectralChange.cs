using System.Numerics.Tensors;

namespace SerLab.Features.Dsp;

/// <summary>How much the spectrum changes from one frame to the next; one row.</summary>
internal static class SpectralChange
{
    /// <summary>
    /// Frames by which the onset strength is late: one, because the change belongs to the later of two; and half a frame, because
    /// frames are centred: librosa's default frame of 2,048 samples is four hops long.
    /// </summary>
    public const int OnsetDelay = 1 + (4 / 2);

    private delegate void Measure(Span<float> difference);

    /// <summary>
    /// The mean over the bands of what they gained since the frame before. Equal to <c>librosa.onset.onset_strength</c> with its
    /// defaults: frames of four hops, so that frame t tells the gain from frame t - 3 to t - 2; the first three are 0.
    /// </summary>
    /// <param name="decibels">One row per band.</param>
    public static FrameMatrix OnsetStrength(FrameMatrix decibels)
    {
        FrameMatrix strength = Sum(
            decibels, OnsetDelay, static difference => TensorPrimitives.Max(difference, 0f, difference));
        TensorPrimitives.Divide(strength.Values, decibels.RowCount, strength.Values);
        return strength;
    }

    /// <summary>The Euclidean length of the change of the spectrum since the frame before; 0 for the first.</summary>
    /// <param name="magnitudes">One row per bin.</param>
    public static FrameMatrix Flux(FrameMatrix magnitudes)
    {
        FrameMatrix flux = Sum(
            magnitudes, delay: 1, static difference => TensorPrimitives.Multiply(difference, difference, difference));
        TensorPrimitives.Sqrt(flux.Values, flux.Values);
        return flux;
    }

    // The sum over the rows of a measure of their change, which frame t gets for frames t - delay and t - delay + 1.
    private static FrameMatrix Sum(FrameMatrix rows, int delay, Measure measure)
    {
        FrameMatrix sums = new(1, rows.FrameCount);
        if (rows.FrameCount <= delay)
        {
            return sums;
        }

        Span<float> sum = sums.Writable(0)[delay..];
        float[] difference = new float[sum.Length];
        for (int row = 0; row < rows.RowCount; row++)
        {
            ReadOnlySpan<float> values = rows.Row(row);
            TensorPrimitives.Subtract(values.Slice(1, sum.Length), values[..sum.Length], difference);
            measure(difference);
            TensorPrimitives.Add(sum, difference, sum);
        }

        return sums;
    }
}
