using System.Numerics.Tensors;
using SerLab.Core;

namespace SerLab.Training.Trees;

/// <summary>
/// Splits that lower the Gini impurity of a classification tree the most; a leaf answers the shares of the classes among its
/// rows. The rows of a node are sorted by bin, feature by feature, and moved from right to left one at a time.
/// </summary>
internal sealed class GiniSplitSearch : ISplitSearch
{
    private readonly int[] labels;
    private readonly int minLeafRows;
    private readonly FeatureSampler sampler;
    private readonly BinSorter sorter;
    private readonly long[] leftCounts;
    private readonly long[] rightCounts;
    private readonly long[] nodeCounts;
    private readonly int[] nodeLabels;
    private readonly int[] nodeWeights;
    private int[] weights = [];

    /// <summary>Prepares the search on binned rows and their classes.</summary>
    public GiniSplitSearch(BinnedMatrix bins, int[] labels, int classCount, int featuresPerSplit, int minLeafRows)
    {
        this.labels = labels;
        this.minLeafRows = minLeafRows;
        OutputCount = classCount;
        sampler = new FeatureSampler(bins.Features, featuresPerSplit);
        sorter = new BinSorter(bins);
        leftCounts = new long[classCount];
        rightCounts = new long[classCount];
        nodeCounts = new long[classCount];
        nodeLabels = new int[bins.Rows];
        nodeWeights = new int[bins.Rows];
    }

    /// <inheritdoc/>
    public int OutputCount { get; }

    /// <summary>Takes how often each row counts in the next tree.</summary>
    public void Start(ReadOnlySpan<int> counts)
    {
        weights = counts.ToArray();
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
            values[labels[row]] += weights[row];
            total += weights[row];
        }

        TensorPrimitives.Divide(values, total, values);
    }

    /// <summary>
    /// The best bin to split a feature at, if it is purer than the best so far, else −1. Purity is Σ n²/n over both sides: with
    /// counts nₖ on a side of n rows, Σ nₖ² / n; the higher, the lower the mean Gini impurity. The squares are kept up to date in
    /// integers.
    /// </summary>
    private int BestBin(ReadOnlySpan<int> rows, int feature, ref double bestPurity)
    {
        ReadOnlySpan<uint> sorted = sorter.Sort(rows, feature);
        int previousBin = BinSorter.BinOf(sorted[0]);
        if (previousBin == BinSorter.BinOf(sorted[^1]))
        {
            return -1;
        }

        long leftTotal = 0, leftSquares = 0;
        (long rightTotal, long rightSquares) = StartOnTheRight();
        int bestBin = -1;
        foreach (uint key in sorted)
        {
            // Purity first, though it counts only where the bin changes: it is hardly ever the best, which is easier to foresee.
            int bin = BinSorter.BinOf(key);
            double purity = ((double)leftSquares / leftTotal) + ((double)rightSquares / rightTotal);
            if (purity > bestPurity && bin != previousBin && leftTotal >= minLeafRows && rightTotal >= minLeafRows)
            {
                (bestPurity, bestBin) = (purity, previousBin);
            }

            previousBin = bin;
            int position = BinSorter.PositionOf(key);
            int label = nodeLabels[position];
            int weight = nodeWeights[position];
            ref long left = ref leftCounts[label];
            ref long right = ref rightCounts[label];
            leftSquares += weight * ((2 * left) + weight);
            rightSquares -= weight * ((2 * right) - weight);
            left += weight;
            right -= weight;
            leftTotal += weight;
            rightTotal -= weight;
        }

        return bestBin;
    }

    /// <summary>Copies the classes and weights of a node's rows side by side.</summary>
    private void Gather(ReadOnlySpan<int> rows)
    {
        Array.Clear(nodeCounts);
        for (int i = 0; i < rows.Length; i++)
        {
            nodeLabels[i] = labels[rows[i]];
            nodeWeights[i] = weights[rows[i]];
            nodeCounts[nodeLabels[i]] += nodeWeights[i];
        }
    }

    private (long Total, long Squares) StartOnTheRight()
    {
        Array.Clear(leftCounts);
        nodeCounts.CopyTo(rightCounts, 0);
        long total = 0, squares = 0;
        foreach (long count in nodeCounts)
        {
            total += count;
            squares += count * count;
        }

        return (total, squares);
    }
}
