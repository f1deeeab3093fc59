using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Trees;

/// <summary>
/// A random forest (Breiman 2001): the mean of regression trees, each grown on a bootstrap sample of the rows. By default every split
/// looks at all features, as in scikit-learn's RandomForestRegressor.
/// </summary>
public sealed class RandomForestRegressor : IRegressionLearner
{
    private readonly RandomForestOptions options;

    /// <summary>Creates the learner; without options, the defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public RandomForestRegressor(RandomForestOptions? options = null) =>
        this.options = OptionsValidation.Check(options ?? new RandomForestOptions());

    /// <inheritdoc/>
    public string Name => "forest";

    /// <inheritdoc/>
    public IRegressionModel Fit(
        FeatureMatrix rows, ReadOnlySpan<double> targets, int seed, CancellationToken cancellationToken = default)
    {
        TrainingInput.Check(rows, targets);
        cancellationToken.ThrowIfCancellationRequested();
        BinnedMatrix bins = new(rows);
        double[] values = targets.ToArray();
        TreeNodes[] trees = Bagging.Grow(
            rows.Rows, options.Trees, options.Threads, seed, () => CreateGrower(bins, values), cancellationToken);
        return new TreeRegressionModel(rows.Columns, trees, Baseline: 0, Scale: 1.0 / trees.Length);
    }

    private GrowTree CreateGrower(BinnedMatrix bins, double[] targets)
    {
        VarianceSplitSearch search = new(
            bins, FeaturesPerSplit.Part(options.MaxFeatures ?? 1, bins.Features), options.MinLeafRows);
        TreeGrower grower = new(bins, search, options.MaxDepth);
        return (rows, counts, random) =>
        {
            search.Start(targets, counts);
            return grower.Grow(rows, random);
        };
    }
}
