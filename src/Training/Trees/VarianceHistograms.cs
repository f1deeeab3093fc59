using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SerLab.Training.Trees;

/// <summary>
/// Histograms of regression nodes: per bin and feature the sum of the targets and the weight. A histogram is laid out as bin ×
/// (sum, weight) × lane, so that one pass over the bins scores the splits of a whole vector of features. Buffers are used again.
/// </summary>
internal sealed class VarianceHistograms(BinnedMatrix bins, int features)
{
    private readonly int stride = LaneBest.Stride(features);
    private readonly List<float[]> histograms = [];
    private readonly Stack<int> free = new();

    /// <summary>An empty histogram.</summary>
    public int Rent()
    {
        if (free.TryPop(out int handle))
        {
            Array.Clear(histograms[handle]);
            return handle;
        }

        histograms.Add(new float[bins.BinCount * 2 * stride]);
        return histograms.Count - 1;
    }

    /// <summary>Gives a histogram back.</summary>
    public void Return(int handle) => free.Push(handle);

    /// <summary>Adds rows to a histogram, or with sign −1 takes them away.</summary>
    public void Add(int handle, ReadOnlySpan<int> rows, ReadOnlySpan<int> features, WeightedTargets targets, float sign)
    {
        // The hottest loop of boosting: a code is below BinCount and a lane below the stride, so no index can leave the
        // histogram.
        ref float histogram = ref MemoryMarshal.GetArrayDataReference(histograms[handle]);
        ref int feature = ref MemoryMarshal.GetReference(features);
        int binStride = 2 * stride;
        foreach (int row in rows)
        {
            ref byte codes = ref MemoryMarshal.GetReference(bins.Row(row));
            float sum = sign * targets.Sums[row];
            float weight = sign * targets.Weights[row];
            for (int lane = 0; lane < features.Length; lane++)
            {
                int code = Unsafe.Add(ref codes, Unsafe.Add(ref feature, lane));
                ref float cell = ref Unsafe.Add(ref histogram, (code * binStride) + lane);
                cell += sum;
                Unsafe.Add(ref cell, stride) += weight;
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
        int vectors = stride / Vector<float>.Count;
        for (int v = 0; v < vectors; v++)
        {
            Vector<float> leftSum = default, leftWeight = default, bestGain = new(-1);
            Vector<int> bestBin = default;
            for (int bin = 0; bin < bins.BinCount - 1; bin++)
            {
                leftSum += histogram[(bin * 2 * vectors) + v];
                leftWeight += histogram[(((bin * 2) + 1) * vectors) + v];
                gain.Improve(leftSum, leftWeight, new Vector<int>(bin), ref bestGain, ref bestBin);
            }

            best.Set(v * Vector<float>.Count, bestGain, bestBin);
        }
    }
}
