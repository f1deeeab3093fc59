using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Baselines;

/// <summary>
/// Answers the most frequent class of the training rows whatever the features, of equally frequent ones the first; probabilities are
/// the shares of the classes. The floor of accuracy that every other classifier must beat.
/// </summary>
public sealed class MajorityClassifier : IClassificationLearner
{
    /// <inheritdoc/>
    public string Name => "majority";

    /// <inheritdoc/>
    public IClassificationModel Fit(
        FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, int seed, CancellationToken cancellationToken = default)
    {
        TrainingInput.Check(rows, labels, classCount);
        cancellationToken.ThrowIfCancellationRequested();
        return new ConstantClassificationModel(rows.Columns, ClassProbabilities.Shares(labels, classCount));
    }
}
