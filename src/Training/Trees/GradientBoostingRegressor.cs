using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Trees;

/// <summary>
/// Gradient-boosted trees for squared error (Friedman 2001): starting from the mean, each round adds a small tree grown on what is
/// still wrong. The seed decides between equally good splits.
/// </summary>
public sealed class GradientBoostingRegressor : IRegressionLearner
{
    private readonly GradientBoostingOptions options;

    /// <summary>Creates the learner; without options, the defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public GradientBoostingRegressor(GradientBoostingOptions? options = null) =>
        this.options = OptionsValidation.Check(options ?? new GradientBoostingOptions());

    /// <inheritdoc/>
    public string Name => "boosting";

    /// <inheritdoc/>
    public IRegressionModel Fit(
        FeatureMatrix rows, ReadOnlySpan<double> targets, int seed, CancellationToken cancellationToken = default)
    {
        TrainingInput.Check(rows, targets);
        cancellationToken.ThrowIfCancellationRequested();
        BinnedMatrix bins = new(rows);
        VarianceSplitSearch search = new(bins, rows.Columns, options.MinLeafRows);
        TreeGrower grower = new(bins, search, options.MaxDepth);
        int[] all = [.. Enumerable.Range(0, rows.Rows)];
        int[] counts = [.. Enumerable.Repeat(1, rows.Rows)];
        int[] leaves = new int[rows.Rows];

        double baseline = Mean(targets);
        double[] residuals = targets.ToArray();
        System.Numerics.Tensors.TensorPrimitives.Subtract(residuals, baseline, residuals);
        TreeNodes[] trees = new TreeNodes[options.Rounds];
        for (int round = 0; round < trees.Length; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            search.Start(residuals, counts);
            trees[round] = grower.Grow(all, new SeededRandom(SeededRandom.Derive(seed, "round", round)), leaves);
            for (int i = 0; i < residuals.Length; i++)
            {
                residuals[i] -= options.LearningRate * trees[round].LeafValues(leaves[i])[0];
            }
        }

        return new TreeRegressionModel(rows.Columns, trees, baseline, options.LearningRate);
    }

    /// <summary>The mean, exact where all targets are equal.</summary>
    private static double Mean(ReadOnlySpan<double> targets)
    {
        double deviation = 0;
        foreach (double target in targets)
        {
            deviation += target - targets[0];
        }

        return targets[0] + (deviation / targets.Length);
    }
}
