using System.Numerics.Tensors;
using SerLab.Training.Learners;

namespace SerLab.Training.Baselines;

/// <summary>
/// Predicts the (weighted) mean of the training targets whatever the features: the floor every learner must beat.
/// </summary>
public sealed class MeanLearner : ILearner
{
    /// <inheritdoc/>
    public string Name => "mean";

    /// <inheritdoc/>
    public bool IsScaleFree => true;

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default)
    {
        TrainingInput.RequireRating(set, Name);
        TrainingInput.CheckFinite(set.Examples);
        cancellationToken.ThrowIfCancellationRequested();
        return new ConstantModel(set.Examples.Shape, set.Weights.IsEmpty
            ? TensorPrimitives.Sum(set.Values) / set.Count
            : TensorPrimitives.Dot(set.Values, set.Weights) / TensorPrimitives.Sum(set.Weights));
    }
}
