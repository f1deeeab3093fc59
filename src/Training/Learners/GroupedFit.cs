using SerLab.Core;

namespace SerLab.Training.Learners;

/// <summary>Fits any learner with the groups of its training rows; one that does not divide its rows has no use for them.</summary>
public static class GroupedFit
{
    /// <inheritdoc cref="IGroupAwareRegressionLearner.FitGrouped"/>
    public static IRegressionModel FitGrouped(
        this IRegressionLearner learner, FeatureMatrix rows, ReadOnlySpan<double> targets, ReadOnlySpan<int> groups, int seed,
        CancellationToken cancellationToken = default) => learner is IGroupAwareRegressionLearner aware
            ? aware.FitGrouped(rows, targets, groups, seed, cancellationToken)
            : learner.Fit(rows, targets, seed, cancellationToken);

    /// <inheritdoc cref="IGroupAwareClassificationLearner.FitGrouped"/>
    public static IClassificationModel FitGrouped(
        this IClassificationLearner learner, FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, ReadOnlySpan<int> groups,
        int seed, CancellationToken cancellationToken = default) => learner is IGroupAwareClassificationLearner aware
            ? aware.FitGrouped(rows, labels, classCount, groups, seed, cancellationToken)
            : learner.Fit(rows, labels, classCount, seed, cancellationToken);
}
