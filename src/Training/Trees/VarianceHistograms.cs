using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SerLab.Training.Trees;

/// <summary>
/// Histograms of regression nodes: per bin and feature the sum of the targets and the weight. Features lie in blocks of one
/// vector, and a block is laid out as bin × lane × (sum, weight): adding a row to a cell is one addition, adding rows block by
/// block stays within the fastest cache, and one pass over the bins scores the splits of all features of a block. Buffers are
/// used again.
/// </summary>
internal sealed class VarianceHistograms(BinnedMatrix bins, int features)
{
    // Rows that are added to one block after another while their codes are at hand.
    private const int Tile = 1024;

    private readonly int blockSize = bins.BinCount * 2 * Lanes;
    private readonly int blocks = LaneBest.Stride(features) / Lanes;
    private readonly List<float[]> histograms = [];
    private readonly Stack<int> free = new();

    // Features of a block.
    private static int Lanes => Vector<float>.Count;

    /// <summary>An empty histogram.</summary>
    public int Rent()
    {
        if (free.TryPop(out int handle))
        {
            Array.Clear(histograms[handle]);
            return handle;
        }

        histograms.Add(new float[blocks * blockSize]);
        return histograms.Count - 1;
    }

    /// <summary>Gives a histogram back.</summary>
    public void Return(int handle) => free.Push(handle);

    /// <summary>Adds rows to a histogram, or with sign −1 takes them away.</summary>
    public void Add(int handle, ReadOnlySpan<int> rows, ReadOnlySpan<int> features, WeightedTargets targets, float sign)
    {
        for (int start = 0; start < rows.Length; start += Tile)
        {
            ReadOnlySpan<int> tile = rows.Slice(start, Math.Min(Tile, rows.Length - start));
            for (int first = 0; first < features.Length; first += Lanes)
            {
                ReadOnlySpan<int> here = features.Slice(first, Math.Min(Lanes, features.Length - first));
                AddBlock(ref histograms[handle][first / Lanes * blockSize], tile, here, targets, sign);
            }
        }
    }

    /// <summary>Takes one histogram away from another.</summary>
    public void Subtract(int from, int what) =>
        TensorPrimitives.Subtract<float>(histograms[from], histograms[what], histograms[from]);

    /// <summary>Finds the best split of every feature.</summary>
    public void Scan(int handle, VarianceGain gain, LaneBest best)
    {
        ReadOnlySpan<Vector<float>> histogram = MemoryMarshal.Cast<float, Vector<float>>(histograms[handle]);
        for (int block = 0; block < blocks; block++)
        {
            ReadOnlySpan<Vector<float>> cells = histogram.Slice(block * bins.BinCount * 2, bins.BinCount * 2);
            Vector<float> leftSum = default, leftWeight = default, bestGain = new(-1);
            Vector<int> bestBin = default;
            for (int bin = 0; bin < bins.BinCount - 1; bin++)
            {
                // Of every pair of floats the lower half is the sum, the upper the weight.
                Vector<ulong> lower = Vector.AsVectorUInt64(cells[bin * 2]);
                Vector<ulong> upper = Vector.AsVectorUInt64(cells[(bin * 2) + 1]);
                leftSum += Vector.AsVectorSingle(Vector.Narrow(lower, upper));
                leftWeight += Vector.AsVectorSingle(Vector.Narrow(lower >>> 32, upper >>> 32));
                gain.Improve(leftSum, leftWeight, new Vector<int>(bin), ref bestGain, ref bestBin);
            }

            best.Set(block * Lanes, bestGain, bestBin);
        }
    }

    // The hottest loop of boosting: a code is below BinCount and a lane below Lanes, so no index can leave the block.
    private void AddBlock(
        ref float block, ReadOnlySpan<int> rows, ReadOnlySpan<int> features, WeightedTargets targets, float sign)
    {
        ref int feature = ref MemoryMarshal.GetReference(features);
        ref float sums = ref MemoryMarshal.GetReference(targets.Sums);
        ref float weights = ref MemoryMarshal.GetReference(targets.Weights);
        bool readsAtOnce = AreEightInARow(features);
        foreach (int row in rows)
        {
            ref byte codes = ref MemoryMarshal.GetReference(bins.Row(row));
            Vector128<float> added =
                Vector128.Create(sign * Unsafe.Add(ref sums, row), sign * Unsafe.Add(ref weights, row), 0, 0);
            if (readsAtOnce)
            {
                ulong eight = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref codes, feature));
                AddTo(ref block, (int)(eight & 255), 0, added);
                AddTo(ref block, (int)((eight >> 8) & 255), 1, added);
                AddTo(ref block, (int)((eight >> 16) & 255), 2, added);
                AddTo(ref block, (int)((eight >> 24) & 255), 3, added);
                AddTo(ref block, (int)((eight >> 32) & 255), 4, added);
                AddTo(ref block, (int)((eight >> 40) & 255), 5, added);
                AddTo(ref block, (int)((eight >> 48) & 255), 6, added);
                AddTo(ref block, (int)(eight >> 56), 7, added);
                continue;
            }

            for (int lane = 0; lane < features.Length; lane++)
            {
                AddTo(ref block, Unsafe.Add(ref codes, Unsafe.Add(ref feature, lane)), lane, added);
            }
        }
    }

    private static bool AreEightInARow(ReadOnlySpan<int> features)
    {
        bool areInARow = features.Length == sizeof(ulong) && BitConverter.IsLittleEndian;
        for (int lane = 1; lane < features.Length; lane++)
        {
            areInARow &= features[lane] == features[0] + lane;
        }

        return areInARow;
    }

    // Sum and weight of a cell are moved and added as one number of eight bytes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(ref float block, int code, int lane, Vector128<float> added)
    {
        ref double cell = ref Unsafe.As<float, double>(ref Unsafe.Add(ref block, ((code * Lanes) + lane) * 2));
        cell = (Vector128.CreateScalarUnsafe(cell).AsSingle() + added).AsDouble().ToScalar();
    }
}
