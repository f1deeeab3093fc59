namespace SerLab.Training.Neural;

/// <summary>Everything that decides how a network is trained, resolved for one training set.</summary>
internal sealed record TrainingRecipe
{
    /// <summary>Units of the hidden layers, from input to output.</summary>
    public required IReadOnlyList<int> HiddenUnits { get; init; }

    /// <summary>Activation of every hidden layer.</summary>
    public required Activation Hidden { get; init; }

    /// <summary>What is minimised.</summary>
    public required Loss Loss { get; init; }

    /// <summary>Makes the optimiser for a number of parameters.</summary>
    public required Func<int, Optimizer> Optimizer { get; init; }

    /// <summary>Rows per step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Passes over the training rows, at most.</summary>
    public required int MaxEpochs { get; init; }

    /// <summary>
    /// Buffer of <see cref="SampleOrder"/>: 1 keeps the rows in order, as many as there are rows shuffles them fully.
    /// </summary>
    public required int ShuffleBuffer { get; init; }

    /// <summary>Weights start uniform within ± √(this / (inputs + outputs)) (Glorot and Bengio 2010).</summary>
    public double InitialSpread { get; init; } = 6;

    /// <summary>Whether biases start as the weights do, else at zero.</summary>
    public bool RandomBiases { get; init; }

    /// <summary>Share of hidden activations dropped while training.</summary>
    public double Dropout { get; init; }

    /// <summary>Weight of the penalty on squared weights.</summary>
    public double L2 { get; init; }

    /// <summary>When to stop before the last epoch, or never.</summary>
    public StoppingRule? Stopping { get; init; }
}

/// <summary>Stop when the score has not risen by the tolerance for more epochs than patience allows.</summary>
/// <param name="Tolerance">The least rise that counts.</param>
/// <param name="Patience">Epochs without such a rise that are endured.</param>
/// <param name="ValidationFraction">
/// Share of the rows held out to score the network by; zero scores it by its training loss and keeps the last network, else the
/// best.
/// </param>
internal sealed record StoppingRule(double Tolerance, int Patience, double ValidationFraction);
