using SerLab.Training.Learners;

namespace SerLab.Training.Baselines;

/// <summary>
/// Answers the most frequent class of the training rows whatever the features, of equally frequent ones the first; probabilities
/// are the shares of the classes. The floor of accuracy that every other learner must beat.
/// </summary>
public sealed class MajorityLearner : ILearner
{
    /// <inheritdoc/>
    public string Name => "majority";

    /// <inheritdoc/>
    public bool IsScaleFree => true;

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default)
    {
        TrainingInput.RequireClasses(set, Name);
        TrainingInput.CheckFinite(set.Examples);
        cancellationToken.ThrowIfCancellationRequested();
        return new ConstantModel(
            set.Examples.Shape, ClassProbabilities.Shares(set.Labels, set.Target.Classes.Count, set.Weights));
    }
}
