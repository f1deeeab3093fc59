using SerLab.Training.Neural;

namespace SerLab.MLNet.Trainers;

/// <summary>A multilayer perceptron as an estimator of ML.NET, for ratings or classes, see <see cref="MlpLearner"/>.</summary>
public sealed class MlpTrainer : LearnerTrainer
{
    internal MlpTrainer(Options options, bool isOfRatings)
        : base(options, new MlpLearner(options.Mlp ?? Default(isOfRatings)), isOfRatings)
    {
    }

    private static MlpOptions Default(bool isOfRatings) => isOfRatings ? new KerasMlpOptions() : new ScikitLearnMlpOptions();

    /// <summary>Options of <see cref="MlpTrainer"/>.</summary>
    public sealed record Options : TrainerOptions
    {
        /// <summary>
        /// Layers and recipe; default: <see cref="KerasMlpOptions"/> for ratings, <see cref="ScikitLearnMlpOptions"/> for
        /// classes.
        /// </summary>
        public MlpOptions? Mlp { get; init; }
    }
}
