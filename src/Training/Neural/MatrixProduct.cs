using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SerLab.Training.Neural;

/// <summary>
/// Small matrix products in float32. The right factor and the result are row-major with rows padded to whole vectors, so no loop
/// has a tail. Every element is one chain of fused multiply-adds in the order of the depth: its bits depend neither on the vector
/// width of the machine nor on how many rows are multiplied at once.
/// </summary>
internal static class MatrixProduct
{
    private const int TileRows = 4;

    /// <summary>The least multiple of the vector width that holds <paramref name="count"/> columns.</summary>
    public static int Padded(int count) => (count + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;

    /// <summary>result[i, j] = start[j] + Σₖ left[i, k] · right[k, j].</summary>
    /// <param name="left">The left factor, rows × depth.</param>
    /// <param name="right">The right factor, depth × width.</param>
    /// <param name="start">What the sums start from, one per column; empty for zeros.</param>
    /// <param name="result">Rows × width; overwritten.</param>
    /// <param name="width">Columns of the right factor and the result, a multiple of the vector width.</param>
    public static void Multiply(
        LeftFactor left, ReadOnlySpan<float> right, ReadOnlySpan<float> start, Span<float> result, int width)
    {
        CheckSizes(left, right, start, result, width);
        int lanes = Vector<float>.Count;
        ref float a = ref MemoryMarshal.GetReference(left.Values);
        ref float b = ref MemoryMarshal.GetReference(right);
        ref float c = ref MemoryMarshal.GetReference(result);

        // Columns outside, rows inside: the strip of the right factor stays in the first-level cache while the rows stream past.
        for (int j = 0; j < width;)
        {
            bool pair = j + (2 * lanes) <= width;
            Vector<float> s0 = start.IsEmpty ? Vector<float>.Zero : new Vector<float>(start[j..]);
            Vector<float> s1 = start.IsEmpty || !pair ? Vector<float>.Zero : new Vector<float>(start[(j + lanes)..]);
            int i = 0;
            for (; i + TileRows <= left.Rows; i += TileRows)
            {
                ref float rows = ref Unsafe.Add(ref a, i * left.RowStride);
                ref float corner = ref Unsafe.Add(ref c, (i * width) + j);
                if (pair)
                {
                    FourRowsTwoVectors(ref rows, left, ref Unsafe.Add(ref b, j), s0, s1, ref corner, width);
                }
                else
                {
                    FourRowsOneVector(ref rows, left, ref Unsafe.Add(ref b, j), s0, ref corner, width);
                }
            }

            for (; i < left.Rows; i++)
            {
                ref float row = ref Unsafe.Add(ref a, i * left.RowStride);
                ref float corner = ref Unsafe.Add(ref c, (i * width) + j);
                OneRowOneVector(ref row, left, ref Unsafe.Add(ref b, j), s0, ref corner, width);
                if (pair)
                {
                    OneRowOneVector(
                        ref row, left, ref Unsafe.Add(ref b, j + lanes), s1, ref Unsafe.Add(ref corner, lanes), width);
                }
            }

            j += pair ? 2 * lanes : lanes;
        }
    }

    private static void CheckSizes(
        LeftFactor left, ReadOnlySpan<float> right, ReadOnlySpan<float> start, Span<float> result, int width)
    {
        bool fits = width % Vector<float>.Count == 0
            && right.Length >= left.Depth * width
            && result.Length >= left.Rows * width
            && (start.IsEmpty || start.Length >= width)
            && left.Values.Length > ((left.Rows - 1) * left.RowStride) + ((left.Depth - 1) * left.DepthStride);
        if (!fits)
        {
            throw new ArgumentException($"The buffers do not hold {left.Rows} × {left.Depth} times {left.Depth} × {width}.");
        }
    }

    private static void FourRowsTwoVectors(
        ref float a, LeftFactor left, ref float b, Vector<float> s0, Vector<float> s1, ref float c, int width)
    {
        int lanes = Vector<float>.Count;
        int step = left.RowStride;
        Vector<float> c00 = s0, c10 = s0, c20 = s0, c30 = s0;
        Vector<float> c01 = s1, c11 = s1, c21 = s1, c31 = s1;
        for (int k = left.Depth; k > 0; k--)
        {
            Vector<float> b0 = Vector.LoadUnsafe(ref b);
            Vector<float> b1 = Vector.LoadUnsafe(ref b, (nuint)lanes);
            Vector<float> x0 = new(a);
            c00 = Vector.FusedMultiplyAdd(x0, b0, c00);
            c01 = Vector.FusedMultiplyAdd(x0, b1, c01);
            Vector<float> x1 = new(Unsafe.Add(ref a, step));
            c10 = Vector.FusedMultiplyAdd(x1, b0, c10);
            c11 = Vector.FusedMultiplyAdd(x1, b1, c11);
            Vector<float> x2 = new(Unsafe.Add(ref a, 2 * step));
            c20 = Vector.FusedMultiplyAdd(x2, b0, c20);
            c21 = Vector.FusedMultiplyAdd(x2, b1, c21);
            Vector<float> x3 = new(Unsafe.Add(ref a, 3 * step));
            c30 = Vector.FusedMultiplyAdd(x3, b0, c30);
            c31 = Vector.FusedMultiplyAdd(x3, b1, c31);
            a = ref Unsafe.Add(ref a, left.DepthStride);
            b = ref Unsafe.Add(ref b, width);
        }

        c00.StoreUnsafe(ref c);
        c01.StoreUnsafe(ref c, (nuint)lanes);
        c10.StoreUnsafe(ref c, (nuint)width);
        c11.StoreUnsafe(ref c, (nuint)(width + lanes));
        c20.StoreUnsafe(ref c, (nuint)(2 * width));
        c21.StoreUnsafe(ref c, (nuint)((2 * width) + lanes));
        c30.StoreUnsafe(ref c, (nuint)(3 * width));
        c31.StoreUnsafe(ref c, (nuint)((3 * width) + lanes));
    }

    private static void FourRowsOneVector(
        ref float a, LeftFactor left, ref float b, Vector<float> start, ref float c, int width)
    {
        int step = left.RowStride;
        Vector<float> c0 = start, c1 = start, c2 = start, c3 = start;
        for (int k = left.Depth; k > 0; k--)
        {
            Vector<float> b0 = Vector.LoadUnsafe(ref b);
            c0 = Vector.FusedMultiplyAdd(new Vector<float>(a), b0, c0);
            c1 = Vector.FusedMultiplyAdd(new Vector<float>(Unsafe.Add(ref a, step)), b0, c1);
            c2 = Vector.FusedMultiplyAdd(new Vector<float>(Unsafe.Add(ref a, 2 * step)), b0, c2);
            c3 = Vector.FusedMultiplyAdd(new Vector<float>(Unsafe.Add(ref a, 3 * step)), b0, c3);
            a = ref Unsafe.Add(ref a, left.DepthStride);
            b = ref Unsafe.Add(ref b, width);
        }

        c0.StoreUnsafe(ref c);
        c1.StoreUnsafe(ref c, (nuint)width);
        c2.StoreUnsafe(ref c, (nuint)(2 * width));
        c3.StoreUnsafe(ref c, (nuint)(3 * width));
    }

    private static void OneRowOneVector(
        ref float a, LeftFactor left, ref float b, Vector<float> start, ref float c, int width)
    {
        Vector<float> sum = start;
        for (int k = left.Depth; k > 0; k--)
        {
            sum = Vector.FusedMultiplyAdd(new Vector<float>(a), Vector.LoadUnsafe(ref b), sum);
            a = ref Unsafe.Add(ref a, left.DepthStride);
            b = ref Unsafe.Add(ref b, width);
        }

        sum.StoreUnsafe(ref c);
    }
}

/// <summary>The left factor of a product: a matrix in any stride, so that its transpose needs no copy.</summary>
/// <param name="values">The values; element (i, k) lies at i · rowStride + k · depthStride.</param>
/// <param name="rows">Rows of the factor.</param>
/// <param name="depth">Columns of the factor: what the product sums over.</param>
/// <param name="rowStride">Distance of neighbours in a column.</param>
/// <param name="depthStride">Distance of neighbours in a row.</param>
internal readonly ref struct LeftFactor(ReadOnlySpan<float> values, int rows, int depth, int rowStride, int depthStride)
{
    public ReadOnlySpan<float> Values { get; } = values;

    public int Rows { get; } = rows;

    public int Depth { get; } = depth;

    public int RowStride { get; } = rowStride;

    public int DepthStride { get; } = depthStride;

    /// <summary>A row-major matrix of which each row takes <paramref name="stride"/> values.</summary>
    public static LeftFactor RowMajor(ReadOnlySpan<float> values, int rows, int columns, int stride) =>
        new(values, rows, columns, stride, 1);

    /// <summary>The transpose, of the same values.</summary>
    public LeftFactor Transpose() => new(Values, Depth, Rows, DepthStride, RowStride);
}
