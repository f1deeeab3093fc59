using SerLab.Core;
using SerLab.Onnx;

namespace SerLab.Training.Learners;

/// <summary>
/// A recipe that learns to tell classes apart. Immutable and thread-safe: <see cref="Fit"/> keeps all its state to itself, so folds
/// may fit the same learner in parallel. Classes are numbered 0 … classCount − 1 in the corpus's order; a class may be absent from
/// the training rows of a fold.
/// </summary>
public interface IClassificationLearner
{
    /// <summary>Short name for tables and files, e.g. <c>svc</c>.</summary>
    string Name { get; }

    /// <summary>Fits a model; the same rows, labels and seed give the same model, bit for bit.</summary>
    /// <param name="rows">Training rows, all finite; at least one.</param>
    /// <param name="labels">One class number per row.</param>
    /// <param name="classCount">Number of classes of the corpus, at least two.</param>
    /// <param name="seed">Seed of everything random in the fit.</param>
    /// <param name="cancellationToken">Stops a long fit.</param>
    /// <exception cref="InvalidInputException">
    /// Rows or labels are empty, of different number, not finite or out of range; the sentence names the first offender.
    /// </exception>
    IClassificationModel Fit(
        FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, int seed, CancellationToken cancellationToken = default);
}

/// <summary>A fitted classification model. Immutable and thread-safe. It writes itself as ONNX operators.</summary>
public interface IClassificationModel : IOnnxClassifier
{
    /// <summary>Number of features a row must have.</summary>
    int FeatureCount { get; }

    /// <summary>Number of classes.</summary>
    int ClassCount { get; }

    /// <summary>
    /// Probabilities, row-major, rows × <see cref="ClassCount"/>; each row sums to 1. A row's result does not depend on other rows.
    /// </summary>
    /// <exception cref="InvalidInputException">A row has the wrong width or a value that is not finite.</exception>
    double[] PredictProbabilities(FeatureMatrix rows);

    /// <summary>
    /// The class of each row. Usually the most probable one; a support vector classifier votes, so that it may differ from it.
    /// </summary>
    /// <exception cref="InvalidInputException">A row has the wrong width or a value that is not finite.</exception>
    int[] PredictLabels(FeatureMatrix rows);
}
