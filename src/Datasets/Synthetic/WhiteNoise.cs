using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SerLab.Core;

namespace SerLab.Datasets.Synthetic;

/// <summary>White noise, and how loud a buffer is.</summary>
internal static class WhiteNoise
{
    /// <summary>
    /// Overwrites a buffer with samples uniform in [-1, 1), four from each 64 random bits; their root mean square is 1/√3.
    /// </summary>
    public static void Fill(Span<float> target, SeededRandom random)
    {
        foreach (ref Vector128<float> four in MemoryMarshal.Cast<float, Vector128<float>>(target))
        {
            four = Draw(random);
        }

        Vector128<float> last = Draw(random);
        for (int i = target.Length & ~3; i < target.Length; i++)
        {
            target[i] = last[i & 3];
        }
    }

    /// <summary>The root of the mean square of a buffer's samples.</summary>
    public static float RootMeanSquare(ReadOnlySpan<float> samples) =>
        MathF.Sqrt(TensorPrimitives.SumOfSquares(samples) / samples.Length);

    private static Vector128<float> Draw(SeededRandom random) =>
        Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.CreateScalar(random.NextBits()).AsInt16())) * (1f / 32768);
}
