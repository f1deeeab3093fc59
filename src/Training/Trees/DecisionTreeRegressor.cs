using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Trees;

/// <summary>
/// A regression tree (CART, Breiman et al. 1984): splits that lower the squared error the most, leaves that answer the mean of their
/// rows. Splits are looked for among at most 256 values per feature. The seed decides between equally good splits.
/// </summary>
public sealed class DecisionTreeRegressor : IRegressionLearner
{
    private readonly DecisionTreeOptions options;

    /// <summary>Creates the learner; without options, the defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public DecisionTreeRegressor(DecisionTreeOptions? options = null) =>
        this.options = OptionsValidation.Check(options ?? new DecisionTreeOptions());

    /// <inheritdoc/>
    public string Name => "tree";

    /// <inheritdoc/>
    public IRegressionModel Fit(
        FeatureMatrix rows, ReadOnlySpan<double> targets, int seed, CancellationToken cancellationToken = default)
    {
        TrainingInput.Check(rows, targets);
        cancellationToken.ThrowIfCancellationRequested();
        BinnedMatrix bins = new(rows);
        VarianceSplitSearch search = new(bins, FeaturesPerSplit.Part(options.MaxFeatures, rows.Columns), options.MinLeafRows);
        search.Start(targets, [.. Enumerable.Repeat(1, rows.Rows)]);
        TreeGrower grower = new(bins, search, options.MaxDepth);
        TreeNodes tree = grower.Grow([.. Enumerable.Range(0, rows.Rows)], new SeededRandom(seed));
        return new TreeRegressionModel(rows.Columns, [tree], Baseline: 0, Scale: 1);
    }
}
