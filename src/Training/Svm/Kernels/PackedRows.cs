using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SerLab.Core;

namespace SerLab.Training.Svm.Kernels;

/// <summary>
/// Rows of features in float64, sixteen rows side by side (a panel), so that products of one row with sixteen are vector
/// operations. Every product is one chain of fused multiply-adds over the features, whatever the width of the machine's vectors
/// and however many rows are taken at a time: a pair of rows always gives the same bits.
/// </summary>
internal sealed class PackedRows
{
    /// <summary>Rows per panel.</summary>
    public const int PanelWidth = 16;

    /// <summary>Rows that one call of <see cref="Products"/> may take at a time.</summary>
    public const int BlockRows = 4;

    private const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;
    private readonly double[] panels;
    private readonly double[] squaredNorms;

    /// <summary>Packs the rows; the last panel is filled up with rows of zeros.</summary>
    public PackedRows(FeatureMatrix rows)
    {
        Count = rows.Rows;
        Columns = rows.Columns;
        PaddedCount = RoundUp(Count);
        panels = new double[PaddedCount * Columns];
        squaredNorms = new double[PaddedCount];
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<float> row = rows.Row(i);
            int start = Start(i);
            double norm = 0;
            for (int k = 0; k < row.Length; k++)
            {
                panels[start + (k * PanelWidth)] = row[k];
                norm = Math.FusedMultiplyAdd(row[k], row[k], norm);
            }

            squaredNorms[i] = norm;
        }
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Number of rows with those that fill up the last panel.</summary>
    public int PaddedCount { get; }

    /// <summary>Number of features.</summary>
    public int Columns { get; }

    /// <summary>The number rounded up to whole panels.</summary>
    public static int RoundUp(int count) => (count + PanelWidth - 1) & -PanelWidth;

    /// <summary>‖x‖² of a row.</summary>
    public double SquaredNorm(int row) => squaredNorms[row];

    /// <summary>Copies one row out of its panel.</summary>
    public void CopyRow(int row, Span<double> destination)
    {
        int start = Start(row);
        for (int k = 0; k < Columns; k++)
        {
            destination[k] = panels[start + (k * PanelWidth)];
        }
    }

    /// <summary>Exchanges two rows.</summary>
    public void Swap(int a, int b)
    {
        int startA = Start(a);
        int startB = Start(b);
        for (int k = 0; k < Columns * PanelWidth; k += PanelWidth)
        {
            (panels[startA + k], panels[startB + k]) = (panels[startB + k], panels[startA + k]);
        }

        (squaredNorms[a], squaredNorms[b]) = (squaredNorms[b], squaredNorms[a]);
    }

    /// <summary>
    /// Pairs one to four other rows with the packed rows [from, to): inner products or squared distances.
    /// </summary>
    /// <param name="others">The other rows, one after the other, <see cref="Columns"/> values each.</param>
    /// <param name="otherNorms">Their ‖x‖²; its length is their number.</param>
    /// <param name="distances">Squared distances instead of inner products.</param>
    /// <param name="from">First packed row, a multiple of <see cref="PanelWidth"/>.</param>
    /// <param name="to">Behind the last packed row, a multiple of <see cref="PanelWidth"/>.</param>
    /// <param name="pairs">Result: row r and packed row c at r · stride + c − from.</param>
    /// <param name="stride">Distance between the result's rows.</param>
    public void Pair(
        ReadOnlySpan<double> others, ReadOnlySpan<double> otherNorms, bool distances, int from, int to, Span<double> pairs,
        int stride)
    {
        for (int c = from; c < to; c += PanelWidth)
        {
            ReadOnlySpan<double> panel = panels.AsSpan(c * Columns, Columns * PanelWidth);
            Products(others, otherNorms.Length, panel, pairs[(c - from)..], stride);
        }

        for (int r = 0; distances && r < otherNorms.Length; r++)
        {
            ProductsToDistances(pairs.Slice(r * stride, to - from), otherNorms[r], squaredNorms.AsSpan(from, to - from));
        }
    }

    private static void Products(
        ReadOnlySpan<double> others, int count, ReadOnlySpan<double> panel, Span<double> pairs, int stride)
    {
        int columns = panel.Length / PanelWidth;
        if (count == BlockRows)
        {
            _ = pairs[((BlockRows - 1) * stride) + PanelWidth - 1];
            ref double lanes = ref MemoryMarshal.GetReference(panel);
            ref double result = ref MemoryMarshal.GetReference(pairs);
            for (int half = 0; half < PanelWidth; half += PanelWidth / 2)
            {
                FourProducts(
                    ref MemoryMarshal.GetReference(others), ref Unsafe.Add(ref lanes, half), columns,
                    ref Unsafe.Add(ref result, half), stride);
            }

            return;
        }

        for (int r = 0; r < count; r++)
        {
            OneProduct(others.Slice(r * columns, columns), panel, pairs.Slice(r * stride, PanelWidth));
        }
    }

    [MethodImpl(Hot)]
    private static void OneProduct(ReadOnlySpan<double> other, ReadOnlySpan<double> panel, Span<double> pairs)
    {
        Vector256<double> first = default, second = default, third = default, fourth = default;
        ref double lanes = ref MemoryMarshal.GetReference(panel);
        for (int k = 0; k < other.Length; k++)
        {
            Vector256<double> value = Vector256.Create(other[k]);
            nuint at = (nuint)(k * PanelWidth);
            first = Vector256.FusedMultiplyAdd(value, Vector256.LoadUnsafe(ref lanes, at), first);
            second = Vector256.FusedMultiplyAdd(value, Vector256.LoadUnsafe(ref lanes, at + 4), second);
            third = Vector256.FusedMultiplyAdd(value, Vector256.LoadUnsafe(ref lanes, at + 8), third);
            fourth = Vector256.FusedMultiplyAdd(value, Vector256.LoadUnsafe(ref lanes, at + 12), fourth);
        }

        first.CopyTo(pairs);
        second.CopyTo(pairs[4..]);
        third.CopyTo(pairs[8..]);
        fourth.CopyTo(pairs[12..]);
    }

    /// <summary>
    /// Four rows with half a panel: eight sums, which with what they are made of fit the sixteen registers of AVX2.
    /// </summary>
    [MethodImpl(Hot)]
    private static void FourProducts(ref double others, ref double half, int columns, ref double pairs, int stride)
    {
        Vector256<double> low0 = default, high0 = default, low1 = default, high1 = default;
        Vector256<double> low2 = default, high2 = default, low3 = default, high3 = default;
        for (int k = 0; k < columns; k++)
        {
            Vector256<double> low = Vector256.LoadUnsafe(ref half, (nuint)(k * PanelWidth));
            Vector256<double> high = Vector256.LoadUnsafe(ref half, (nuint)((k * PanelWidth) + 4));
            Vector256<double> value = Vector256.Create(Unsafe.Add(ref others, k));
            low0 = Vector256.FusedMultiplyAdd(value, low, low0);
            high0 = Vector256.FusedMultiplyAdd(value, high, high0);
            value = Vector256.Create(Unsafe.Add(ref others, columns + k));
            low1 = Vector256.FusedMultiplyAdd(value, low, low1);
            high1 = Vector256.FusedMultiplyAdd(value, high, high1);
            value = Vector256.Create(Unsafe.Add(ref others, (2 * columns) + k));
            low2 = Vector256.FusedMultiplyAdd(value, low, low2);
            high2 = Vector256.FusedMultiplyAdd(value, high, high2);
            value = Vector256.Create(Unsafe.Add(ref others, (3 * columns) + k));
            low3 = Vector256.FusedMultiplyAdd(value, low, low3);
            high3 = Vector256.FusedMultiplyAdd(value, high, high3);
        }

        low0.StoreUnsafe(ref pairs);
        high0.StoreUnsafe(ref pairs, 4);
        low1.StoreUnsafe(ref pairs, (nuint)stride);
        high1.StoreUnsafe(ref pairs, (nuint)(stride + 4));
        low2.StoreUnsafe(ref pairs, (nuint)(2 * stride));
        high2.StoreUnsafe(ref pairs, (nuint)((2 * stride) + 4));
        low3.StoreUnsafe(ref pairs, (nuint)(3 * stride));
        high3.StoreUnsafe(ref pairs, (nuint)((3 * stride) + 4));
    }

    [MethodImpl(Hot)]
    private static void ProductsToDistances(Span<double> pairs, double norm, ReadOnlySpan<double> norms)
    {
        ref double values = ref MemoryMarshal.GetReference(pairs);
        ref double others = ref MemoryMarshal.GetReference(norms);
        Vector256<double> own = Vector256.Create(norm);
        for (nuint c = 0; c < (nuint)pairs.Length; c += 4)
        {
            Vector256<double> product = Vector256.LoadUnsafe(ref values, c);
            Vector256<double> distance = own + Vector256.LoadUnsafe(ref others, c) - (product + product);
            Vector256.MaxNative(distance, Vector256<double>.Zero).StoreUnsafe(ref values, c);
        }
    }

    private int Start(int row) => (row / PanelWidth * PanelWidth * Columns) + (row % PanelWidth);
}
