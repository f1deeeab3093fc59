using System.Buffers;
using System.Numerics.Tensors;

namespace SerLab.Features.Dsp;

/// <summary>
/// Divides the values of every frame by their norm (<c>librosa.util.normalize</c>). A frame of zeros stays as it is instead of
/// becoming zero by zero.
/// </summary>
internal static class FrameScaling
{
    private const float SmallestNormal = 1.17549435e-38f;

    /// <summary>Adds a row to the norms of all frames.</summary>
    private delegate void Combine(ReadOnlySpan<float> norms, ReadOnlySpan<float> magnitudes, Span<float> combined);

    /// <summary>By the largest magnitude of the frame, which becomes 1.</summary>
    public static FrameMatrix ByLargest(FrameMatrix rows)
    {
        FrameMatrix scaled = rows.Map(static (from, to) => from.CopyTo(to));
        ByLargest(scaled.Values, scaled.Stride);
        return scaled;
    }

    /// <summary>The same in place.</summary>
    public static void ByLargest(Span<float> rows, int stride) => Divide(rows, stride, TensorPrimitives.Max);

    /// <summary>By the sum of the magnitudes of the frame, which becomes 1.</summary>
    public static FrameMatrix BySum(FrameMatrix rows)
    {
        FrameMatrix scaled = rows.Map(static (from, to) => from.CopyTo(to));
        Divide(scaled.Values, scaled.Stride, TensorPrimitives.Add);
        return scaled;
    }

    private static void Divide(Span<float> rows, int stride, Combine combine)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(2 * stride);
        Span<float> norms = rented.AsSpan(0, stride);
        Span<float> magnitudes = rented.AsSpan(stride, stride);
        norms.Clear();
        for (int at = 0; at < rows.Length; at += stride)
        {
            TensorPrimitives.Abs(rows.Slice(at, stride), magnitudes);
            combine(norms, magnitudes, norms);
        }

        foreach (ref float norm in norms)
        {
            norm = norm < SmallestNormal ? 1 : norm;
        }

        for (int at = 0; at < rows.Length; at += stride)
        {
            TensorPrimitives.Divide(rows.Slice(at, stride), norms, rows.Slice(at, stride));
        }

        ArrayPool<float>.Shared.Return(rented);
    }
}
