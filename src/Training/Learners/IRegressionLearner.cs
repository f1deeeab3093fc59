using SerLab.Core;
using SerLab.Onnx;

namespace SerLab.Training.Learners;

/// <summary>
/// A recipe that learns to predict a number from features. Immutable and thread-safe: <see cref="Fit"/> keeps all its state to
/// itself, so folds may fit the same learner in parallel.
/// </summary>
public interface IRegressionLearner
{
    /// <summary>Short name for tables and files, e.g. <c>svr</c>.</summary>
    string Name { get; }

    /// <summary>Fits a model; the same rows, targets and seed give the same model, bit for bit.</summary>
    /// <param name="rows">Training rows, all finite; at least one.</param>
    /// <param name="targets">One finite target per row.</param>
    /// <param name="seed">Seed of everything random in the fit.</param>
    /// <param name="cancellationToken">Stops a long fit.</param>
    /// <exception cref="InvalidInputException">
    /// Rows or targets are empty, of different number, or not finite; the sentence names the first offending row and column.
    /// </exception>
    IRegressionModel Fit(
        FeatureMatrix rows, ReadOnlySpan<double> targets, int seed, CancellationToken cancellationToken = default);
}

/// <summary>
/// A fitted regression model. Immutable and thread-safe. It writes itself as ONNX operators, [batch, features] → [batch, 1].
/// </summary>
public interface IRegressionModel : IOnnxExportable
{
    /// <summary>Number of features a row must have.</summary>
    int FeatureCount { get; }

    /// <summary>
    /// Predicts one number per row. A row's prediction does not depend on the other rows, their order or their number.
    /// </summary>
    /// <exception cref="InvalidInputException">A row has the wrong width or a value that is not finite.</exception>
    double[] Predict(FeatureMatrix rows);
}
