using System.ComponentModel.DataAnnotations;

namespace SerLab.Training.Neural;

/// <summary>The optimisers of <see cref="ScikitLearnMlpOptions"/>.</summary>
public enum MlpSolver
{
    /// <summary>Adam (Kingma and Ba 2015).</summary>
    Adam,

    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,
}

/// <summary>What happens to the learning rate of <see cref="MlpSolver.Sgd"/>; Adam ignores it, in scikit-learn too.</summary>
public enum LearningRateSchedule
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>It is divided by 5 whenever training stalls; training stops when it is 10⁻⁶ or less.</summary>
    Adaptive,
}

/// <summary>
/// A network as scikit-learn's MLPRegressor and MLPClassifier train it; the defaults are theirs. Weights and biases start uniform
/// within ± √(6 / (inputs + outputs)), √(2 / …) for logistic units.
/// </summary>
public sealed record ScikitLearnMlpOptions : MlpOptions
{
    private const int AutomaticBatch = 200;

    /// <inheritdoc/>
    public override IReadOnlyList<int> HiddenUnits { get; init; } = [100];

    /// <summary>The optimiser; default Adam.</summary>
    public MlpSolver Solver { get; init; } = MlpSolver.Adam;

    /// <summary>Weight of the penalty ½α‖W‖² on the weights, shared by the rows of a batch; 0 or more, default 0.0001.</summary>
    [Range(0, 1e6)]
    public double Alpha { get; init; } = 1e-4;

    /// <summary>Rows per step, at least 1; default, or none: the lesser of 200 and the number of rows.</summary>
    [Range(1, int.MaxValue)]
    public int? BatchSize { get; init; }

    /// <summary>Initial learning rate, above 0; default 0.001.</summary>
    [Range(0, 10.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>What happens to the learning rate; default constant. Without effect on Adam.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>Momentum of <see cref="MlpSolver.Sgd"/>, 0 to 1; default 0.9.</summary>
    [Range(0, 1.0)]
    public double Momentum { get; init; } = 0.9;

    /// <summary>Whether momentum is Nesterov's; default true.</summary>
    public bool NesterovMomentum { get; init; } = true;

    /// <summary>Adam's decay of the mean gradient, 0 to below 1; default 0.9.</summary>
    [Range(0, 1.0, MaximumIsExclusive = true)]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Adam's decay of the mean squared gradient, 0 to below 1; default 0.999.</summary>
    [Range(0, 1.0, MaximumIsExclusive = true)]
    public double Beta2 { get; init; } = 0.999;

    /// <summary>What Adam adds to the root of the mean squares, above 0; default 10⁻⁸.</summary>
    [Range(0, 1.0, MinimumIsExclusive = true)]
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Passes over the training rows at most, at least 1; default 200.</summary>
    [Range(1, 1_000_000)]
    public int MaxIterations { get; init; } = 200;

    /// <summary>Whether each pass visits the rows in a new order; default true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// The least improvement of the loss (or validation score) per epoch that counts, 0 or more; default 0.0001.
    /// </summary>
    [Range(0, double.MaxValue)]
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>Epochs without improvement that are endured, at least 1; default 10.</summary>
    [Range(1, int.MaxValue)]
    public int PatienceEpochs { get; init; } = 10;

    /// <summary>
    /// Whether to hold out rows, stop when their score stalls and keep the network that scored best (R², accuracy); default
    /// false: the training loss decides and the last network is kept.
    /// </summary>
    public bool EarlyStopping { get; init; }

    /// <summary>Share of the training rows held out for early stopping, between 0 and 1; default 0.1.</summary>
    [Range(0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double ValidationFraction { get; init; } = 0.1;

    internal override Loss RegressionLoss => Loss.HalfSquaredError;

    internal override TrainingRecipe Recipe(Loss loss, int rows) => new()
    {
        HiddenUnits = HiddenUnits,
        Hidden = Activation,
        Loss = loss,
        Optimizer = CreateOptimizer,
        BatchSize = Math.Min(BatchSize ?? AutomaticBatch, rows),
        MaxEpochs = MaxIterations,
        ShuffleBuffer = Shuffle ? rows : 1,
        InitialSpread = Activation == Activation.Logistic ? 2 : 6,
        RandomBiases = true,
        L2 = Alpha,
        Stopping = new StoppingRule(Tolerance, PatienceEpochs, EarlyStopping ? ValidationFraction : 0),
    };

    private Optimizer CreateOptimizer(int length) => Solver == MlpSolver.Adam
        ? new Adam(length, LearningRate, Beta1, Beta2, Epsilon)
        : new GradientDescent(length, LearningRate, Momentum, NesterovMomentum, Schedule == LearningRateSchedule.Adaptive);
}
