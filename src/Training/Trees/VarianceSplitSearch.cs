using System.Numerics;
using SerLab.Core;

namespace SerLab.Training.Trees;

/// <summary>Splits that lower the squared error of a regression tree the most; a leaf answers the mean of its rows.</summary>
internal sealed class VarianceSplitSearch : ISplitSearch
{
    private readonly float minLeafWeight;
    private readonly FeatureSampler sampler;
    private readonly WeightedTargets targets;
    private readonly VarianceHistograms histograms;
    private readonly VariancePairwise pairwise;
    private readonly LaneBest best;

    /// <summary>Prepares the search on binned rows.</summary>
    /// <param name="bins">The rows.</param>
    /// <param name="featuresPerSplit">How many features each split looks at.</param>
    /// <param name="minLeafWeight">The least that the rows of a leaf may count together, above 0.</param>
    public VarianceSplitSearch(BinnedMatrix bins, int featuresPerSplit, float minLeafWeight)
    {
        this.minLeafWeight = minLeafWeight;
        sampler = new FeatureSampler(bins.Features, featuresPerSplit);
        targets = new WeightedTargets(bins.Rows);
        histograms = new VarianceHistograms(bins, featuresPerSplit);
        pairwise = new VariancePairwise(bins, featuresPerSplit);
        best = new LaneBest(featuresPerSplit);
    }

    /// <inheritdoc/>
    public int OutputCount => 1;

    /// <summary>Takes the targets of the next tree and how often each row counts.</summary>
    public void Start<T>(ReadOnlySpan<double> values, ReadOnlySpan<T> counts)
        where T : struct, INumber<T>
    {
        targets.Set(values, counts);
        sampler.Reset();
    }

    /// <inheritdoc/>
    public bool IsPure(ReadOnlySpan<int> rows)
    {
        double first = targets.Values[rows[0]];
        foreach (int row in rows)
        {
            if (targets.Values[row] != first)
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public Split? Find(ReadOnlySpan<int> rows, ref int statistics, SeededRandom random)
    {
        sampler.StartNode();
        while (sampler.TryNext(random, out ReadOnlySpan<int> features))
        {
            if (rows.Length <= VariancePairwise.MaxRows)
            {
                pairwise.Scan(rows, features, targets, minLeafWeight, best);
            }
            else
            {
                ScanHistogram(rows, features, ref statistics);
            }

            int start = sampler.TakesAll ? random.NextInt(features.Length) : 0;
            int lane = best.Highest(features.Length, start, out int bin);
            if (lane >= 0)
            {
                return new Split(features[lane], bin);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public (int Left, int Right) Inherit(int statistics, ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        bool leftIsSmaller = left.Length <= right.Length;
        ReadOnlySpan<int> smaller = leftIsSmaller ? left : right;
        int larger = leftIsSmaller ? right.Length : left.Length;
        if (statistics == ISplitSearch.NoStatistics || !sampler.TakesAll || larger <= VariancePairwise.MaxRows)
        {
            Release(statistics);
            return (ISplitSearch.NoStatistics, ISplitSearch.NoStatistics);
        }

        // What is left of the parent's histogram without the smaller child is that of the larger one.
        int small = ISplitSearch.NoStatistics;
        if (smaller.Length <= VariancePairwise.MaxRows)
        {
            histograms.Add(statistics, smaller, sampler.All, targets, sign: -1);
        }
        else
        {
            small = histograms.Rent();
            histograms.Add(small, smaller, sampler.All, targets, sign: 1);
            histograms.Subtract(statistics, small);
        }

        return leftIsSmaller ? (small, statistics) : (statistics, small);
    }

    /// <inheritdoc/>
    public void Release(int statistics)
    {
        if (statistics != ISplitSearch.NoStatistics)
        {
            histograms.Return(statistics);
        }
    }

    /// <inheritdoc/>
    public void WriteLeaf(ReadOnlySpan<int> rows, Span<double> values) => values[0] = targets.Mean(rows);

    private void ScanHistogram(ReadOnlySpan<int> rows, ReadOnlySpan<int> features, ref int statistics)
    {
        // The histogram of other features, from an earlier draw that found nothing, is of no use.
        if (statistics == ISplitSearch.NoStatistics || !sampler.TakesAll)
        {
            Release(statistics);
            statistics = histograms.Rent();
            histograms.Add(statistics, rows, features, targets, sign: 1);
        }

        (double sum, double weight) = targets.Total(rows);
        histograms.Scan(statistics, new VarianceGain((float)sum, (float)weight, minLeafWeight), best);
    }
}
