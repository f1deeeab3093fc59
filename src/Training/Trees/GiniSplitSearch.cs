using System.Numerics;
using System.Numerics.Tensors;
using SerLab.Core;

namespace SerLab.Training.Trees;

/// <summary>
/// Splits that lower the Gini impurity of a classification tree the most; a leaf answers the shares of the classes among its
/// rows. The rows of a node are sorted by bin, feature by feature, and moved from right to left one at a time.
/// </summary>
/// <typeparam name="T">What rows are weighed in: whole numbers where classes count the same, else real ones.</typeparam>
internal sealed class GiniSplitSearch<T> : ISplitSearch
    where T : struct, INumber<T>
{
    private readonly int[] labels;
    private readonly T[] classWeights;
    private readonly int minLeafRows;
    private readonly FeatureSampler sampler;
    private readonly BinSorter sorter;
    private readonly T[] leftCounts;
    private readonly T[] rightCounts;
    private readonly T[] nodeCounts;
    private readonly int[] nodeLabels;
    private readonly int[] nodeRows;
    private readonly T[] nodeWeights;
    private int[] counts = [];

    /// <summary>Prepares the search on binned rows, their classes and what a row of each class counts.</summary>
    public GiniSplitSearch(BinnedMatrix bins, int[] labels, T[] classWeights, int featuresPerSplit, int minLeafRows)
    {
        int classCount = classWeights.Length;
        this.labels = labels;
        this.classWeights = classWeights;
        this.minLeafRows = minLeafRows;
        OutputCount = classCount;
        sampler = new FeatureSampler(bins.Features, featuresPerSplit);
        sorter = new BinSorter(bins);
        leftCounts = new T[classCount];
        rightCounts = new T[classCount];
        nodeCounts = new T[classCount];
        nodeLabels = new int[bins.Rows];
        nodeRows = new int[bins.Rows];
        nodeWeights = new T[bins.Rows];
    }

    /// <inheritdoc/>
    public int OutputCount { get; }

    /// <summary>Takes how often each row counts in the next tree.</summary>
    public void Start(ReadOnlySpan<int> rowCounts)
    {
        counts = rowCounts.ToArray();
        sampler.Reset();
    }

    /// <inheritdoc/>
    public bool IsPure(ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            if (labels[row] != labels[rows[0]])
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public Split? Find(ReadOnlySpan<int> rows, ref int statistics, SeededRandom random)
    {
        Gather(rows);
        sampler.StartNode();
        while (sampler.TryNext(random, out ReadOnlySpan<int> features))
        {
            // Of equally good features the first wins; a random start keeps trees from all preferring the same one.
            int start = sampler.TakesAll ? random.NextInt(features.Length) : 0;
            double bestPurity = double.NegativeInfinity;
            Split? best = null;
            for (int i = 0; i < features.Length; i++)
            {
                int feature = features[start + i < features.Length ? start + i : start + i - features.Length];
                int bin = BestBin(rows, feature, ref bestPurity);
                best = bin >= 0 ? new Split(feature, bin) : best;
            }

            if (best is not null)
            {
                return best;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public (int Left, int Right) Inherit(int statistics, ReadOnlySpan<int> left, ReadOnlySpan<int> right) =>
        (ISplitSearch.NoStatistics, ISplitSearch.NoStatistics);

    /// <inheritdoc/>
    public void Release(int statistics)
    {
    }

    /// <inheritdoc/>
    public void WriteLeaf(ReadOnlySpan<int> rows, Span<double> values)
    {
        double total = 0;
        foreach (int row in rows)
        {
            double weight = counts[row] * double.CreateTruncating(classWeights[labels[row]]);
            values[labels[row]] += weight;
            total += weight;
        }

        TensorPrimitives.Divide(values, total, values);
    }

    /// <summary>
    /// The best bin to split a feature at, if it is purer than the best so far, else −1. Purity is Σ n²/n over both sides: with
    /// counts nₖ on a side of n rows, Σ nₖ² / n; the higher, the lower the mean Gini impurity. The squares are kept up to date.
    /// </summary>
    private int BestBin(ReadOnlySpan<int> rows, int feature, ref double bestPurity)
    {
        ReadOnlySpan<uint> sorted = sorter.Sort(rows, feature);
        int previousBin = BinSorter.BinOf(sorted[0]);
        if (previousBin == BinSorter.BinOf(sorted[^1]))
        {
            return -1;
        }

        T leftTotal = T.Zero, leftSquares = T.Zero;
        (T rightTotal, T rightSquares, int rightRows) = StartOnTheRight(rows.Length);
        int leftRows = 0, bestBin = -1;
        foreach (uint key in sorted)
        {
            // Purity first, though it counts only where the bin changes: it is hardly ever the best, which is easier to foresee.
            int bin = BinSorter.BinOf(key);
            double purity = (double.CreateTruncating(leftSquares) / double.CreateTruncating(leftTotal))
                + (double.CreateTruncating(rightSquares) / double.CreateTruncating(rightTotal));
            if (purity > bestPurity && bin != previousBin && leftRows >= minLeafRows && rightRows >= minLeafRows)
            {
                (bestPurity, bestBin) = (purity, previousBin);
            }

            previousBin = bin;
            int position = BinSorter.PositionOf(key);
            int label = nodeLabels[position];
            T weight = nodeWeights[position];
            ref T left = ref leftCounts[label];
            ref T right = ref rightCounts[label];
            leftSquares += weight * (left + left + weight);
            rightSquares -= weight * (right + right - weight);
            left += weight;
            right -= weight;
            leftTotal += weight;
            rightTotal -= weight;
            leftRows += nodeRows[position];
            rightRows -= nodeRows[position];
        }

        return bestBin;
    }

    /// <summary>Copies the classes, counts and weights of a node's rows side by side.</summary>
    private void Gather(ReadOnlySpan<int> rows)
    {
        Array.Clear(nodeCounts);
        for (int i = 0; i < rows.Length; i++)
        {
            nodeLabels[i] = labels[rows[i]];
            nodeRows[i] = counts[rows[i]];
            nodeWeights[i] = T.CreateTruncating(nodeRows[i]) * classWeights[nodeLabels[i]];
            nodeCounts[nodeLabels[i]] += nodeWeights[i];
        }
    }

    private (T Total, T Squares, int Rows) StartOnTheRight(int rows)
    {
        Array.Clear(leftCounts);
        nodeCounts.CopyTo(rightCounts, 0);
        T total = T.Zero, squares = T.Zero;
        foreach (T count in nodeCounts)
        {
            total += count;
            squares += count * count;
        }

        return (total, squares, TensorPrimitives.Sum(nodeRows.AsSpan(0, rows)));
    }
}
