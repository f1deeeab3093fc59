using SerLab.Core;

namespace SerLab.Training.Learners;

/// <summary>A learner that offers to fit many settings of its kind at once where that is cheap, as a search wants it.</summary>
internal interface IBatchLearner : ILearner
{
    /// <summary>
    /// Fits all candidates on one training set and asks them about the same examples. Their answers are those of fits one by one,
    /// within the tolerance of the fit.
    /// </summary>
    /// <param name="candidates">The settings to compare, at least one.</param>
    /// <param name="set">What they learn from.</param>
    /// <param name="test">What they are asked about.</param>
    /// <param name="cancellationToken">Stops a long fit.</param>
    /// <returns>The answers of every candidate; <see langword="null"/> where they cannot be fitted together.</returns>
    IReadOnlyList<Predictions>? FitAndPredictAll(
        IReadOnlyList<ILearner> candidates, TrainingSet set, Examples test, CancellationToken cancellationToken);
}
