using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SerLab.Core;

namespace SerLab.Training.Svm.Kernels;

/// <summary>Pairs rows to predict with the rows a model was fitted on, a few at a time.</summary>
internal static class KernelExpansion
{
    /// <summary>
    /// Calls back for each row with its squared distances or inner products to all packed rows (padded); the values depend on
    /// that row alone, and the callback may overwrite them.
    /// </summary>
    public static void ForEachRow(FeatureMatrix rows, PackedRows packed, bool distances, Action<int, Span<double>> visit)
    {
        int columns = packed.Columns;
        int stride = packed.PaddedCount;
        double[] block = new double[PackedRows.BlockRows * columns];
        double[] norms = new double[PackedRows.BlockRows];
        double[] pairs = new double[PackedRows.BlockRows * stride];
        for (int start = 0; start < rows.Rows; start += PackedRows.BlockRows)
        {
            int count = Math.Min(PackedRows.BlockRows, rows.Rows - start);
            for (int r = 0; r < count; r++)
            {
                norms[r] = Copy(rows.Row(start + r), block.AsSpan(r * columns, columns));
            }

            packed.Pair(block.AsSpan(0, count * columns), norms.AsSpan(0, count), distances, 0, stride, pairs, stride);
            for (int r = 0; r < count; r++)
            {
                visit(start + r, pairs.AsSpan(r * stride, stride));
            }
        }
    }

    /// <summary>Inner product in a fixed order of summation; lengths are equal multiples of sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ref double left = ref MemoryMarshal.GetReference(x);
        ref double right = ref MemoryMarshal.GetReference(y);
        Vector256<double> first = default, second = default, third = default, fourth = default;
        for (nuint k = 0; k < (nuint)x.Length; k += 16)
        {
            first = AddProducts(ref left, ref right, k, first);
            second = AddProducts(ref left, ref right, k + 4, second);
            third = AddProducts(ref left, ref right, k + 8, third);
            fourth = AddProducts(ref left, ref right, k + 12, fourth);
        }

        Vector256<double> low = first + third;
        Vector256<double> high = second + fourth;
        double sum = 0;
        for (int lane = 0; lane < Vector256<double>.Count; lane++)
        {
            sum += low[lane];
        }

        for (int lane = 0; lane < Vector256<double>.Count; lane++)
        {
            sum += high[lane];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> AddProducts(ref double x, ref double y, nuint at, Vector256<double> sums) =>
        Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, at), Vector256.LoadUnsafe(ref y, at), sums);

    /// <summary>Copies a row in float64 and returns its ‖x‖², in the order of summation of the packed rows.</summary>
    private static double Copy(ReadOnlySpan<float> row, Span<double> destination)
    {
        double norm = 0;
        for (int k = 0; k < row.Length; k++)
        {
            destination[k] = row[k];
            norm = Math.FusedMultiplyAdd(row[k], row[k], norm);
        }

        return norm;
    }
}
