using System.Numerics;
using System.Runtime.InteropServices;

namespace SerLab.Training.Trees;

/// <summary>
/// Splits of small regression nodes. Of a few rows most bins are empty, so every row is tried as the last one on the left and
/// summed over all rows: quadratic in the rows, but a vector of features at a time and with neither sorting nor histogram.
/// </summary>
internal sealed class VariancePairwise(BinnedMatrix bins, int features)
{
    /// <summary>
    /// The most rows that are searched in pairs: an estimate of where scanning a histogram of 256 bins begins to cost less.
    /// </summary>
    public const int MaxRows = 48;

    private readonly int stride = LaneBest.Stride(features);
    private readonly int[] codes = new int[MaxRows * LaneBest.Stride(features)];
    private readonly float[] sums = new float[MaxRows];
    private readonly float[] weights = new float[MaxRows];

    /// <summary>Finds the best split of every feature.</summary>
    public void Scan(
        ReadOnlySpan<int> rows, ReadOnlySpan<int> features, WeightedTargets targets, float minLeafWeight, LaneBest best)
    {
        (double sum, double weight) = targets.Total(rows);
        Gather(rows, features, targets, sum / weight);
        VarianceGain gain = new(0, (float)weight, minLeafWeight);
        ReadOnlySpan<Vector<int>> vectors = MemoryMarshal.Cast<int, Vector<int>>(codes);
        int vectorsPerRow = stride / Vector<int>.Count;
        for (int v = 0; v < vectorsPerRow; v++)
        {
            Vector<float> bestGain = new(-1);
            Vector<int> bestBin = default;

            // Two candidates at a time share the loads; the last may be tried twice, which changes nothing.
            for (int i = 0; i < rows.Length; i += 2)
            {
                Vector<int> first = vectors[(i * vectorsPerRow) + v];
                Vector<int> second = vectors[(Math.Min(i + 1, rows.Length - 1) * vectorsPerRow) + v];
                Vector<float> firstSum = default, firstWeight = default, secondSum = default, secondWeight = default;
                for (int j = 0; j < rows.Length; j++)
                {
                    Vector<int> code = vectors[(j * vectorsPerRow) + v];
                    Vector<float> rowSum = new(sums[j]);
                    Vector<float> rowWeight = new(weights[j]);
                    Vector<float> inFirst = Vector.AsVectorSingle(Vector.LessThanOrEqual(code, first));
                    Vector<float> inSecond = Vector.AsVectorSingle(Vector.LessThanOrEqual(code, second));
                    firstSum += inFirst & rowSum;
                    firstWeight += inFirst & rowWeight;
                    secondSum += inSecond & rowSum;
                    secondWeight += inSecond & rowWeight;
                }

                gain.Improve(firstSum, firstWeight, first, ref bestGain, ref bestBin);
                gain.Improve(secondSum, secondWeight, second, ref bestGain, ref bestBin);
            }

            best.Set(v * Vector<int>.Count, bestGain, bestBin);
        }
    }

    /// <summary>Copies the node's bins side by side, and its targets centred on their mean.</summary>
    private void Gather(ReadOnlySpan<int> rows, ReadOnlySpan<int> features, WeightedTargets targets, double mean)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<byte> row = bins.Row(rows[i]);
            Span<int> target = codes.AsSpan(i * stride, features.Length);
            for (int lane = 0; lane < target.Length; lane++)
            {
                target[lane] = row[features[lane]];
            }

            weights[i] = targets.Weights[rows[i]];
            sums[i] = (float)(targets.Sums[rows[i]] - (weights[i] * mean));
        }
    }
}
