namespace SerLab.Training.Learners;

/// <summary>How the training of a model went, epoch by epoch.</summary>
/// <param name="Losses">Mean training loss of each epoch, measured while the model changed and with dropout active.</param>
/// <param name="HeldOutLosses">Loss on the held-out inner part after each epoch; empty where none was held out.</param>
/// <param name="HeldOutScores">The target's headline metric on the same part, as many.</param>
/// <param name="BestEpoch">The epoch whose weights were kept, from 0.</param>
public sealed record LearningCurve(
    IReadOnlyList<double> Losses, IReadOnlyList<double> HeldOutLosses, IReadOnlyList<double> HeldOutScores, int BestEpoch)
{
    /// <summary>
    /// Of a network with a latent layer, the mean divergence of its distributions from the standard normal one after each epoch,
    /// in nats per training example; empty for others.
    /// </summary>
    public IReadOnlyList<double> Divergences { get; init; } = [];
}
