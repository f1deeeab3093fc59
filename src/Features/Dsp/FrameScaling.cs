using System.Numerics;

namespace SerLab.Features.Dsp;

/// <summary>
/// Divides the values of every frame by their norm (<c>librosa.util.normalize</c>). A frame of zeros stays as it is instead of
/// becoming zero by zero.
/// </summary>
internal static class FrameScaling
{
    private const float SmallestNormal = 1.17549435e-38f;

    /// <summary>By the largest magnitude of the frame, which becomes 1.</summary>
    public static FrameMatrix ByLargest(FrameMatrix rows)
    {
        FrameMatrix scaled = rows.Map(static (from, to) => from.CopyTo(to));
        ByLargest(scaled.Values, scaled.Stride);
        return scaled;
    }

    /// <summary>The same in place.</summary>
    public static void ByLargest(Span<float> rows, int stride) => Divide<Largest>(rows, stride);

    /// <summary>By the sum of the magnitudes of the frame, which becomes 1.</summary>
    public static FrameMatrix BySum(FrameMatrix rows)
    {
        FrameMatrix scaled = rows.Map(static (from, to) => from.CopyTo(to));
        Divide<Sum>(scaled.Values, scaled.Stride);
        return scaled;
    }

    // A vector of frames after the other; rows are whole vectors apart.
    private static void Divide<TNorm>(Span<float> rows, int stride)
        where TNorm : struct, INorm
    {
        for (int frame = 0; frame < stride; frame += Vector<float>.Count)
        {
            Vector<float> norm = default;
            for (int at = frame; at < rows.Length; at += stride)
            {
                norm = TNorm.Combine(norm, Vector.Abs(new Vector<float>(rows[at..])));
            }

            norm = Vector.ConditionalSelect(Vector.LessThan(norm, new Vector<float>(SmallestNormal)), Vector<float>.One, norm);
            for (int at = frame; at < rows.Length; at += stride)
            {
                (new Vector<float>(rows[at..]) / norm).CopyTo(rows[at..]);
            }
        }
    }

    /// <summary>How magnitudes make a norm.</summary>
    private interface INorm
    {
        static abstract Vector<float> Combine(Vector<float> norm, Vector<float> magnitudes);
    }

    private readonly struct Largest : INorm
    {
        public static Vector<float> Combine(Vector<float> norm, Vector<float> magnitudes) => Vector.Max(norm, magnitudes);
    }

    private readonly struct Sum : INorm
    {
        public static Vector<float> Combine(Vector<float> norm, Vector<float> magnitudes) => norm + magnitudes;
    }
}
