using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Training.Baselines;
using SerLab.Training.Learners;

namespace SerLab.Training.Trees;

/// <summary>
/// Gradient-boosted trees (Friedman 2001): each round adds small trees grown on what is still wrong. Ratings start from their
/// mean and lower the squared error. Classes start from their shares and lower the log loss by leaves from one Newton step
/// (algorithms 5 and 6); two classes share one tree per round (sigmoid), more have one each (softmax), and a class that is absent
/// from the training rows gets probability 0. The seed decides between equally good splits.
/// </summary>
public sealed class GradientBoostingLearner : IRowLearner
{
    private readonly GradientBoostingOptions options;

    /// <summary>Creates the learner; without options, the defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public GradientBoostingLearner(GradientBoostingOptions? options = null) =>
        this.options = OptionsValidation.Check(options ?? new GradientBoostingOptions());

    /// <inheritdoc/>
    public string Name => "boosting";

    /// <inheritdoc/>
    public bool IsScaleFree => true;

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default)
    {
        FeatureMatrix rows = TrainingInput.Rows(set, Name);
        TrainingInput.RequireUnweighted(set, Name);
        cancellationToken.ThrowIfCancellationRequested();
        double[]? classWeights = options.ClassWeights.Resolve(set);
        if (classWeights is not null && options.MinLeafRows > 1)
        {
            throw new InvalidInputException(
                $"'{Name}' cannot bound the rows of a leaf where classes are weighted; "
                + "leave minLeafRows at 1, or leave classWeights out.");
        }

        return set.Target.IsRating
            ? FitRatings(rows, set.Values, seed, cancellationToken)
            : FitClasses(rows, set.Labels, set.Target.Classes.Count, classWeights, seed, cancellationToken);
    }

    private TreeRegressionModel FitRatings(
        FeatureMatrix rows, ReadOnlySpan<double> targets, int seed, CancellationToken cancellationToken)
    {
        ResidualTrees grower = new(rows, options, seed);
        double baseline = Mean(targets);
        double[] residuals = targets.ToArray();
        TensorPrimitives.Subtract(residuals, baseline, residuals);
        TreeNodes[] trees = new TreeNodes[options.Rounds];
        for (int round = 0; round < trees.Length; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            trees[round] = grower.Grow(residuals, round);
            for (int i = 0; i < residuals.Length; i++)
            {
                residuals[i] -= options.LearningRate * trees[round].LeafValues(grower.Leaves[i])[0];
            }
        }

        return new TreeRegressionModel(rows.Columns, trees, baseline, options.LearningRate);
    }

    private IModel FitClasses(
        FeatureMatrix rows, int[] labels, int classCount, double[]? classWeights, int seed, CancellationToken cancellationToken)
    {
        PresentClasses present = new(labels, classCount);
        if (present.Count == 1)
        {
            return new ConstantModel(rows.Shape, ClassProbabilities.Shares(labels, classCount));
        }

        int[] classes = present.Renumber(labels);
        double[]? weights = classWeights is null ? null : Array.ConvertAll(labels, label => classWeights[label]);
        double[] shares = ClassProbabilities.Shares(classes, present.Count, weights);
        double[] baselines = present.Count == 2
            ? [Math.Log(shares[1] / shares[0])]
            : Array.ConvertAll(shares, Math.Log);
        LogLossBooster booster = new(rows, classes, weights, baselines, options, seed);
        List<TreeNodes> trees = [];
        for (int round = 0; round < options.Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            trees.AddRange(booster.GrowRound(round));
        }

        return new BoostedClassificationModel(rows.Columns, classCount, present, baselines, trees, options.LearningRate);
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
