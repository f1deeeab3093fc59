namespace SerLab.Training.Neural;

/// <summary>How the training of a network went, epoch by epoch.</summary>
/// <param name="Losses">
/// Mean training loss of each epoch, penalty included, measured while the network changed and with dropout active (as Keras and
/// scikit-learn report it).
/// </param>
/// <param name="ValidationScores">
/// R² (regression) or accuracy (classification) on the held-out rows after each epoch; empty without early stopping.
/// </param>
/// <param name="StoppedEarly">Whether training ended because it no longer improved, before the allowed number of epochs.</param>
public sealed record TrainingHistory(
    IReadOnlyList<double> Losses, IReadOnlyList<double> ValidationScores, bool StoppedEarly)
{
    /// <summary>Whether training would have gone on until it no longer improved, had more epochs been allowed.</summary>
    public bool WasCutShort { get; init; }
}
