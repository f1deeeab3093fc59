using SerLab.Core;

namespace SerLab.Training.Learners;

/// <summary>
/// A learner that divides its training rows itself (a search, a stacking) and so must know which of them belong together: where the
/// folds around it keep groups whole, its own must as well, or it judges by near-copies of what it learnt from.
/// </summary>
public interface IGroupAwareRegressionLearner : IRegressionLearner
{
    /// <summary>Fits a model and keeps groups whole in every division of the rows.</summary>
    /// <param name="rows">Training rows, all finite; at least one.</param>
    /// <param name="targets">One finite target per row.</param>
    /// <param name="groups">The group of every row as a number; empty where rows may be divided freely.</param>
    /// <param name="seed">Seed of everything random in the fit.</param>
    /// <param name="cancellationToken">Stops a long fit.</param>
    /// <exception cref="InvalidInputException">Rows, targets or groups are not fit for training.</exception>
    IRegressionModel FitGrouped(
        FeatureMatrix rows, ReadOnlySpan<double> targets, ReadOnlySpan<int> groups, int seed,
        CancellationToken cancellationToken = default);
}
