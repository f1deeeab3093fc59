using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Trees;

/// <summary>
/// One decision tree (CART, Breiman et al. 1984). Of ratings: splits that lower the squared error the most, leaves that answer
/// the mean of their rows. Of classes: splits that lower the Gini impurity the most, leaves that answer the shares of the classes
/// among their rows. Splits are looked for among at most 256 values per feature. The seed decides between equally good splits.
/// </summary>
public sealed class DecisionTreeLearner : IRowLearner
{
    private readonly DecisionTreeOptions options;

    /// <summary>Creates the learner; without options, the defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public DecisionTreeLearner(DecisionTreeOptions? options = null) =>
        this.options = OptionsValidation.Check(options ?? new DecisionTreeOptions());

    /// <inheritdoc/>
    public string Name => "tree";

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
        GrowTree grow = task.CreateGrower(bins.Part(options.MaxFeatures), options.MinLeafRows, options.MaxDepth);
        int[] all = [.. Enumerable.Range(0, bins.Rows)];
        int[] counts = [.. Enumerable.Repeat(1, bins.Rows)];
        return task.Mean([grow(all, counts, new SeededRandom(seed))]);
    }
}
