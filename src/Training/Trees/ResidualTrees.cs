using System.Numerics.Tensors;
using SerLab.Core;

namespace SerLab.Training.Trees;

/// <summary>The trees of boosting, grown one after another on all rows and on what is still wrong.</summary>
internal sealed class ResidualTrees
{
    private readonly VarianceSplitSearch search;
    private readonly TreeGrower grower;
    private readonly int seed;
    private readonly int[] all;
    private readonly double[] weights;
    private readonly int[] leaves;

    /// <summary>Prepares the growth on training rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="options">Options of boosting.</param>
    /// <param name="seed">Seed of the fit.</param>
    /// <param name="weights">What each row counts; none: 1.</param>
    public ResidualTrees(FeatureMatrix rows, GradientBoostingOptions options, int seed, double[]? weights = null)
    {
        this.seed = seed;
        BinnedMatrix bins = new(rows);

        // A single row is enough where rows are weighed; half its weight leaves room for rounding.
        float minLeafWeight = weights is null ? options.MinLeafRows : (float)(TensorPrimitives.Min<double>(weights) / 2);
        search = new VarianceSplitSearch(bins, bins.Part(options.MaxFeatures), minLeafWeight);
        grower = new TreeGrower(bins, search, options.MaxDepth);
        all = [.. Enumerable.Range(0, rows.Rows)];
        this.weights = weights ?? [.. Enumerable.Repeat(1.0, rows.Rows)];
        leaves = new int[rows.Rows];
    }

    /// <summary>The leaf of the last tree that each row falls into.</summary>
    public ReadOnlySpan<int> Leaves => leaves;

    /// <summary>Grows a tree of residuals; its random numbers follow from its number.</summary>
    public TreeNodes Grow(ReadOnlySpan<double> residuals, int number)
    {
        search.Start<double>(residuals, weights);
        return grower.Grow(all, new SeededRandom(SeededRandom.Derive(seed, "round", number)), leaves);
    }
}
