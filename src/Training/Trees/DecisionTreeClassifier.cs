using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Trees;

/// <summary>
/// A classification tree (CART, Breiman et al. 1984): splits that lower the Gini impurity the most, leaves that answer the shares of
/// the classes among their rows. Splits are looked for among at most 256 values per feature. The seed decides between equally good
/// splits.
/// </summary>
public sealed class DecisionTreeClassifier : IClassificationLearner
{
    private readonly DecisionTreeOptions options;

    /// <summary>Creates the learner; without options, the defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public DecisionTreeClassifier(DecisionTreeOptions? options = null) =>
        this.options = OptionsValidation.Check(options ?? new DecisionTreeOptions());

    /// <inheritdoc/>
    public string Name => "tree";

    /// <inheritdoc/>
    public IClassificationModel Fit(
        FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, int seed, CancellationToken cancellationToken = default)
    {
        TrainingInput.Check(rows, labels, classCount);
        cancellationToken.ThrowIfCancellationRequested();
        BinnedMatrix bins = new(rows);
        int featuresPerSplit = FeaturesPerSplit.Part(options.MaxFeatures, rows.Columns);
        GiniSplitSearch search = new(bins, labels.ToArray(), classCount, featuresPerSplit, options.MinLeafRows);
        search.Start([.. Enumerable.Repeat(1, rows.Rows)]);
        TreeGrower grower = new(bins, search, options.MaxDepth);
        TreeNodes tree = grower.Grow([.. Enumerable.Range(0, rows.Rows)], new SeededRandom(seed));
        return new TreeClassificationModel(rows.Columns, classCount, [tree]);
    }
}
