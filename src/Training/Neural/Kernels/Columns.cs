using System.Numerics;
using SerLab.Core.Kernels;

namespace SerLab.Training.Neural.Kernels;

/// <summary>Sums down the columns of row-major matrices, and their transposes.</summary>
internal static class Columns
{
    private const int Block = 16;

    /// <summary>sums[j] += Σᵢ values[i, j], for as many columns as there are sums.</summary>
    public static void AddSums<T>(ReadOnlySpan<T> values, Span<T> sums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int columns = sums.Length;
        for (int j = 0; j < columns; j += Vector<T>.Count)
        {
            Vector<T> even = Vector<T>.Zero;
            Vector<T> odd = Vector<T>.Zero;
            int i = 0;
            for (; i + (2 * columns) <= values.Length; i += 2 * columns)
            {
                even += Lanes.Load(values.Slice(i, columns), j);
                odd += Lanes.Load(values.Slice(i + columns, columns), j);
            }

            if (i < values.Length)
            {
                even += Lanes.Load(values.Slice(i, columns), j);
            }

            Lanes.Store(Lanes.Load<T>(sums, j) + even + odd, sums, j);
        }
    }

    /// <summary>target[j · targetStride + i] = source[i · sourceStride + j].</summary>
    public static void Transpose<T>(
        ReadOnlySpan<T> source, int rows, int columns, int sourceStride, Span<T> target, int targetStride)
    {
        // Blocks, so that both the lines read and the lines written stay in the first-level cache.
        for (int top = 0; top < rows; top += Block)
        {
            int bottom = Math.Min(rows, top + Block);
            for (int left = 0; left < columns; left += Block)
            {
                int right = Math.Min(columns, left + Block);
                for (int j = left; j < right; j++)
                {
                    Span<T> line = target.Slice((j * targetStride) + top, bottom - top);
                    for (int i = 0, at = (top * sourceStride) + j; i < line.Length; i++, at += sourceStride)
                    {
                        line[i] = source[at];
                    }
                }
            }
        }
    }
}
