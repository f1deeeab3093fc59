using System.Numerics.Tensors;

namespace SerLab.Features.Dsp;

/// <summary>The natural logarithm of powers or magnitudes.</summary>
internal static class LogCompression
{
    /// <summary>ln(offset + x) of every value x; the offset keeps silence finite.</summary>
    public static FrameMatrix Of(FrameMatrix values, float offset) => values.Map((from, to) =>
    {
        TensorPrimitives.Add(from, offset, to);
        TensorPrimitives.Log(to, to);
    });
}
