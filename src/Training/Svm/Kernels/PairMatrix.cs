using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace SerLab.Training.Svm.Kernels;

/// <summary>
/// Squared distances or inner products of all pairs of rows, computed in float64, kept in float32 (as LIBSVM keeps its kernel).
/// Every candidate of a search whose kernel is a function of them shares one matrix. Immutable; its memory is rented, as that of
/// <see cref="KernelCache"/>.
/// </summary>
internal sealed class PairMatrix : IDisposable
{
    private readonly float[] values;

    /// <summary>Computes all pairs; each once, as the matrix is symmetric.</summary>
    public PairMatrix(PackedRows rows, bool distances)
    {
        Distances = distances;
        Count = rows.Count;
        PaddedCount = rows.PaddedCount;
        values = ArrayPool<float>.Shared.Rent(PaddedCount * PaddedCount);

        const int Width = PackedRows.PanelWidth;
        double[] panelRows = new double[Width * rows.Columns];
        double[] norms = new double[Width];
        double[] tile = new double[Width * Width];
        float[] rounded = new float[Width * Width];
        for (int top = 0; top < PaddedCount; top += Width)
        {
            for (int r = 0; r < Width; r++)
            {
                rows.CopyRow(top + r, panelRows.AsSpan(r * rows.Columns, rows.Columns));
                norms[r] = rows.SquaredNorm(top + r);
            }

            for (int left = top; left < PaddedCount; left += Width)
            {
                for (int r = 0; r < Width; r += PackedRows.BlockRows)
                {
                    rows.Pair(
                        panelRows.AsSpan(r * rows.Columns, PackedRows.BlockRows * rows.Columns),
                        norms.AsSpan(r, PackedRows.BlockRows), distances, left, left + Width, tile.AsSpan(r * Width), Width);
                }

                TensorPrimitives.ConvertTruncating<double, float>(tile, rounded);
                Store(rounded, top, left);
            }
        }
    }

    /// <summary>Whether it holds squared distances; else inner products.</summary>
    public bool Distances { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Number of rows rounded up to whole panels; the surplus belongs to rows of zeros.</summary>
    public int PaddedCount { get; }

    /// <summary>Bytes that the matrix of so many rows takes.</summary>
    public static long Bytes(int count) => sizeof(float) * (long)PackedRows.RoundUp(count) * PackedRows.RoundUp(count);

    /// <summary>The pairs of one row with all, padded.</summary>
    public ReadOnlySpan<float> Row(int row) => values.AsSpan(row * PaddedCount, PaddedCount);

    /// <summary>Gives the memory back; the matrix is not to be used any more.</summary>
    public void Dispose() => ArrayPool<float>.Shared.Return(values);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Store(float[] tile, int top, int left)
    {
        const int Width = PackedRows.PanelWidth;
        for (int r = 0; r < Width; r++)
        {
            tile.AsSpan(r * Width, Width).CopyTo(values.AsSpan(((top + r) * PaddedCount) + left));
        }

        for (int c = 0; c < Width; c++)
        {
            Span<float> mirrored = values.AsSpan(((left + c) * PaddedCount) + top, Width);
            ref float column = ref tile[c];
            for (int r = 0; r < mirrored.Length; r++)
            {
                mirrored[r] = Unsafe.Add(ref column, r * Width);
            }
        }
    }
}
