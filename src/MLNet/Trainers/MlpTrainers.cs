using SerLab.Training.Neural;

namespace SerLab.MLNet.Trainers;

/// <summary>A multilayer perceptron for ratings as an estimator of ML.NET, see <see cref="MlpRegressor"/>.</summary>
public sealed class MlpRegressionTrainer : RegressionLearnerTrainer
{
    internal MlpRegressionTrainer(Options options) : base(options, new MlpRegressor(options.Mlp))
    {
    }

    /// <summary>Options of <see cref="MlpRegressionTrainer"/>.</summary>
    public sealed record Options : TrainerOptions
    {
        /// <summary>Layers and recipe; default: <see cref="KerasMlpOptions"/>.</summary>
        public MlpOptions Mlp { get; init; } = new KerasMlpOptions();
    }
}

/// <summary>A multilayer perceptron for classes as an estimator of ML.NET, see <see cref="MlpClassifier"/>.</summary>
public sealed class MlpClassificationTrainer : ClassificationLearnerTrainer
{
    internal MlpClassificationTrainer(Options options) : base(options, new MlpClassifier(options.Mlp))
    {
    }

    /// <summary>Options of <see cref="MlpClassificationTrainer"/>.</summary>
    public sealed record Options : TrainerOptions
    {
        /// <summary>Layers and recipe; default: <see cref="ScikitLearnMlpOptions"/>.</summary>
        public MlpOptions Mlp { get; init; } = new ScikitLearnMlpOptions();
    }
}
