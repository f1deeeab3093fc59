using SerLab.Core;

namespace SerLab.Training.Learners;

/// <inheritdoc cref="IGroupAwareRegressionLearner"/>
public interface IGroupAwareClassificationLearner : IClassificationLearner
{
    /// <summary>Fits a model and keeps groups whole in every division of the rows.</summary>
    /// <param name="rows">Training rows, all finite; at least one.</param>
    /// <param name="labels">One class number per row.</param>
    /// <param name="classCount">Number of classes of the corpus, at least two.</param>
    /// <param name="groups">The group of every row as a number; empty where rows may be divided freely.</param>
    /// <param name="seed">Seed of everything random in the fit.</param>
    /// <param name="cancellationToken">Stops a long fit.</param>
    /// <exception cref="InvalidInputException">Rows, labels or groups are not fit for training.</exception>
    IClassificationModel FitGrouped(
        FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, ReadOnlySpan<int> groups, int seed,
        CancellationToken cancellationToken = default);
}
