using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Trees;

/// <summary>
/// A random forest (Breiman 2001): the mean of the answers of decision trees, each grown on a bootstrap sample of the rows. By
/// default every split looks at all features where ratings are predicted, and at the square root of their number where classes
/// are, as in scikit-learn.
/// </summary>
public sealed class RandomForestLearner : IRowLearner
{
    private readonly RandomForestOptions options;

    /// <summary>Creates the learner; without options, the defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public RandomForestLearner(RandomForestOptions? options = null) =>
        this.options = OptionsValidation.Check(options ?? new RandomForestOptions());

    /// <inheritdoc/>
    public string Name => "forest";

    /// <inheritdoc/>
    public bool IsScaleFree => true;

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default)
    {
        FeatureMatrix rows = TrainingInput.Rows(set, Name);
        TrainingInput.RequireUnweighted(set, Name);
        cancellationToken.ThrowIfCancellationRequested();
        BinnedMatrix bins = new(rows);
        TreeTask task = TreeTask.Of(set, bins, options.ClassWeights);
        int featuresPerSplit = options.MaxFeatures is { } part ? bins.Part(part) : task.ForestFeatures;
        return task.Mean(Bagging.Grow(
            bins.Rows,
            options.Trees,
            options.Threads,
            seed,
            () => task.CreateGrower(featuresPerSplit, options.MinLeafRows, options.MaxDepth),
            cancellationToken));
    }
}
