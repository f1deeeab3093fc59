using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Neural;

/// <summary>
/// Multilayer perceptron for a number: hidden layers, one linear output, squared error. Features and targets are taken as they are:
/// scale the features first.
/// </summary>
public sealed class MlpRegressor : IRegressionLearner
{
    private readonly MlpOptions options;

    /// <summary>Creates the learner.</summary>
    /// <param name="options">The recipe; without one, the defaults of <see cref="KerasMlpOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public MlpRegressor(MlpOptions? options = null) => this.options = (options ?? new KerasMlpOptions()).Checked();

    /// <inheritdoc/>
    public string Name { get; init; } = "mlp";

    /// <summary>Fits a model; it is a <see cref="MlpRegressionModel"/>. One thread, deterministic by seed.</summary>
    /// <inheritdoc cref="IRegressionLearner.Fit"/>
    /// <exception cref="InvalidInputException">
    /// The input is refused as every learner does, training diverges, or early stopping leaves no rows to train on.
    /// </exception>
    public IRegressionModel Fit(
        FeatureMatrix rows, ReadOnlySpan<double> targets, int seed, CancellationToken cancellationToken = default)
    {
        TrainingInput.Check(rows, targets);
        NetworkData set = new(rows, Array.ConvertAll(targets.ToArray(), target => (float)target), 1);
        TrainingRecipe recipe = options.Recipe(options.RegressionLoss, rows.Rows);
        (DenseNetwork network, TrainingHistory history) = NetworkTrainer.Train(set, recipe, seed, cancellationToken);
        return new MlpRegressionModel(network, history);
    }
}

/// <summary>A network with one output that predicts a number. Immutable.</summary>
public sealed class MlpRegressionModel : IRegressionModel
{
    /// <summary>Wraps a network.</summary>
    /// <param name="network">A network with one output.</param>
    /// <param name="history">How it was trained; none for an imported network.</param>
    /// <exception cref="ArgumentException">The network has several outputs.</exception>
    public MlpRegressionModel(DenseNetwork network, TrainingHistory? history = null)
    {
        if (network.Outputs != 1)
        {
            throw new ArgumentException($"The network has {network.Outputs} outputs; a regression has one.", nameof(network));
        }

        Network = network;
        History = history;
    }

    /// <summary>The network.</summary>
    public DenseNetwork Network { get; }

    /// <summary>How the network was trained, or <see langword="null"/> where that is not known.</summary>
    public TrainingHistory? History { get; }

    /// <inheritdoc/>
    public int FeatureCount => Network.Inputs;

    /// <inheritdoc/>
    public OnnxValue AddTo(OnnxGraph graph, OnnxValue rows) => Network.AddTo(graph, rows);

    /// <inheritdoc/>
    public double[] Predict(FeatureMatrix rows) => Array.ConvertAll(Network.Forward(rows).Values.ToArray(), value => (double)value);
}
