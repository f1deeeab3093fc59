using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Trees;

/// <summary>
/// A random forest (Breiman 2001) whose answer is the mean of its trees' probabilities, each grown on a bootstrap sample of the rows.
/// By default every split looks at the square root of the number of features, as in scikit-learn's RandomForestClassifier.
/// </summary>
public sealed class RandomForestClassifier : IClassificationLearner
{
    private readonly RandomForestOptions options;

    /// <summary>Creates the learner; without options, the defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public RandomForestClassifier(RandomForestOptions? options = null) =>
        this.options = OptionsValidation.Check(options ?? new RandomForestOptions());

    /// <inheritdoc/>
    public string Name => "forest";

    /// <inheritdoc/>
    public IClassificationModel Fit(
        FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, int seed, CancellationToken cancellationToken = default)
    {
        TrainingInput.Check(rows, labels, classCount);
        cancellationToken.ThrowIfCancellationRequested();
        BinnedMatrix bins = new(rows);
        int[] classes = labels.ToArray();
        TreeNodes[] trees = Bagging.Grow(
            rows.Rows,
            options.Trees,
            options.Threads,
            seed,
            () => CreateGrower(bins, classes, classCount),
            cancellationToken);
        return new TreeClassificationModel(rows.Columns, classCount, trees);
    }

    private GrowTree CreateGrower(BinnedMatrix bins, int[] labels, int classCount)
    {
        int featuresPerSplit = options.MaxFeatures is { } part
            ? FeaturesPerSplit.Part(part, bins.Features)
            : FeaturesPerSplit.SquareRoot(bins.Features);
        GiniSplitSearch search = new(bins, labels, classCount, featuresPerSplit, options.MinLeafRows);
        TreeGrower grower = new(bins, search, options.MaxDepth);
        return (rows, counts, random) =>
        {
            search.Start(counts);
            return grower.Grow(rows, random);
        };
    }
}
