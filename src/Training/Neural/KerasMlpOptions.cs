using System.ComponentModel.DataAnnotations;

namespace SerLab.Training.Neural;

/// <summary>
/// A network as Keras trains it by default: Glorot-uniform weights and zero biases, dropout after every hidden layer, RMSprop,
/// mean squared error (classes: cross-entropy), a fixed number of epochs. The defaults are the soundscape thesis's network: 50
/// and 20 rectified units, dropout 0.2, batches of one, ten epochs, tf.data's shuffle with a buffer of 121 rows.
/// </summary>
public sealed record KerasMlpOptions : MlpOptions
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> HiddenUnits { get; init; } = [50, 20];

    /// <summary>Share of hidden activations dropped while training, 0 to below 1; default 0.2.</summary>
    [Range(0, 1.0, MaximumIsExclusive = true)]
    public double Dropout { get; init; } = 0.2;

    /// <summary>RMSprop's learning rate, above 0; default 0.001.</summary>
    [Range(0, 10.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How much of the running squares RMSprop keeps per step, 0 to below 1; default 0.9.</summary>
    [Range(0, 1.0, MaximumIsExclusive = true)]
    public double Rho { get; init; } = 0.9;

    /// <summary>What RMSprop adds to the root of the running squares, above 0; default 10⁻⁷.</summary>
    [Range(0, 1.0, MinimumIsExclusive = true)]
    public double Epsilon { get; init; } = 1e-7;

    /// <summary>Rows per step, at least 1; more than there are means all. Default 1.</summary>
    [Range(1, int.MaxValue)]
    public int BatchSize { get; init; } = 1;

    /// <summary>Passes over the training rows, at least 1; default 10.</summary>
    [Range(1, 1_000_000)]
    public int Epochs { get; init; } = 10;

    /// <summary>
    /// Rows in tf.data's shuffle buffer, at least 1: one keeps the rows in their order, as many as there are rows (or more)
    /// shuffles them fully. Default 121.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int ShuffleBuffer { get; init; } = 121;

    internal override Loss RegressionLoss => Loss.SquaredError;

    internal override TrainingRecipe Recipe(Loss loss, int rows) => new()
    {
        HiddenUnits = HiddenUnits,
        Hidden = Activation,
        Loss = loss,
        Optimizer = length => new RmsProp(length, LearningRate, Rho, Epsilon),
        BatchSize = Math.Min(BatchSize, rows),
        MaxEpochs = Epochs,
        ShuffleBuffer = ShuffleBuffer,
        Dropout = Dropout,
    };
}
