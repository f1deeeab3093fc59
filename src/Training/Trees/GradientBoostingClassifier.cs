using SerLab.Core;
using SerLab.Training.Baselines;
using SerLab.Training.Learners;

namespace SerLab.Training.Trees;

/// <summary>
/// Gradient-boosted trees for log loss (Friedman 2001, algorithms 5 and 6): starting from the shares of the classes, each round adds
/// small trees grown on what is still wrong, with leaves from one Newton step. Two classes share one tree per round (sigmoid), more
/// have one each (softmax). A class that is absent from the training rows gets probability 0. The seed decides between equally good
/// splits.
/// </summary>
public sealed class GradientBoostingClassifier : IClassificationLearner
{
    private readonly GradientBoostingOptions options;

    /// <summary>Creates the learner; without options, the defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public GradientBoostingClassifier(GradientBoostingOptions? options = null) =>
        this.options = OptionsValidation.Check(options ?? new GradientBoostingOptions());

    /// <inheritdoc/>
    public string Name => "boosting";

    /// <inheritdoc/>
    public IClassificationModel Fit(
        FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, int seed, CancellationToken cancellationToken = default)
    {
        TrainingInput.Check(rows, labels, classCount);
        cancellationToken.ThrowIfCancellationRequested();
        PresentClasses present = new(labels, classCount);
        if (present.Count == 1)
        {
            return new ConstantClassificationModel(rows.Columns, ClassProbabilities.Shares(labels, classCount));
        }

        int[] classes = present.Renumber(labels);
        double[] shares = ClassProbabilities.Shares(classes, present.Count);
        double[] baselines = present.Count == 2
            ? [Math.Log(shares[1] / shares[0])]
            : Array.ConvertAll(shares, Math.Log);
        LogLossBooster booster = new(rows, classes, baselines, options, seed);
        List<TreeNodes> trees = [];
        for (int round = 0; round < options.Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            trees.AddRange(booster.GrowRound(round));
        }

        return new BoostedClassificationModel(rows.Columns, classCount, present, baselines, trees, options.LearningRate);
    }
}
