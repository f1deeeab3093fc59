using SerLab.Core;

namespace SerLab.Training.Trees;

/// <summary>The trees of boosting, grown one after another on all rows and on what is still wrong.</summary>
internal sealed class ResidualTrees
{
    private readonly VarianceSplitSearch search;
    private readonly TreeGrower grower;
    private readonly int seed;
    private readonly int[] all;
    private readonly int[] counts;
    private readonly int[] leaves;

    /// <summary>Prepares the growth on training rows.</summary>
    public ResidualTrees(FeatureMatrix rows, GradientBoostingOptions options, int seed)
    {
        this.seed = seed;
        BinnedMatrix bins = new(rows);
        search = new VarianceSplitSearch(bins, bins.Part(options.MaxFeatures), options.MinLeafRows);
        grower = new TreeGrower(bins, search, options.MaxDepth);
        all = [.. Enumerable.Range(0, rows.Rows)];
        counts = [.. Enumerable.Repeat(1, rows.Rows)];
        leaves = new int[rows.Rows];
    }

    /// <summary>The leaf of the last tree that each row falls into.</summary>
    public ReadOnlySpan<int> Leaves => leaves;

    /// <summary>Grows a tree of residuals; its random numbers follow from its number.</summary>
    public TreeNodes Grow(ReadOnlySpan<double> residuals, int number)
    {
        search.Start(residuals, counts);
        return grower.Grow(all, new SeededRandom(SeededRandom.Derive(seed, "round", number)), leaves);
    }
}
