using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Neural;

/// <summary>
/// Multilayer perceptron. A rating is one linear output with squared error. Classes are a softmax output each, or one logistic
/// output for two (as scikit-learn), with cross-entropy; only those that occur among the training rows are learnt, the others get
/// probability zero. Features and ratings are taken as they are: scale the features first.
/// </summary>
public sealed class MlpLearner : IRowLearner
{
    private readonly MlpOptions options;

    /// <summary>Creates the learner.</summary>
    /// <param name="options">The recipe; without one, the defaults of <see cref="ScikitLearnMlpOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public MlpLearner(MlpOptions? options = null) => this.options = (options ?? new ScikitLearnMlpOptions()).Checked();

    /// <inheritdoc/>
    public string Name { get; init; } = "mlp";

    /// <summary>Fits a model; it is a <see cref="MlpModel"/>. One thread, deterministic by seed.</summary>
    /// <inheritdoc/>
    /// <exception cref="InvalidInputException">
    /// The input is refused as every learner does, training diverges, or early stopping leaves no rows to train on.
    /// </exception>
    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default)
    {
        FeatureMatrix rows = TrainingInput.Rows(set, Name);
        TrainingInput.RequireUnweighted(set, Name);
        return set.Target.IsRating
            ? FitRatings(rows, set.Values, seed, cancellationToken)
            : FitClasses(rows, set.Labels, set.Target.Classes.Count, seed, cancellationToken);
    }

    private MlpModel FitRatings(FeatureMatrix rows, ReadOnlySpan<double> ratings, int seed, CancellationToken cancellationToken)
    {
        NetworkData data = new(rows, Array.ConvertAll(ratings.ToArray(), rating => (float)rating), 1);
        TrainingRecipe recipe = options.Recipe(options.RegressionLoss, rows.Rows);
        (DenseNetwork network, TrainingHistory history) = NetworkTrainer.Train(data, recipe, seed, cancellationToken);
        return new MlpModel(network, history);
    }

    private MlpModel FitClasses(FeatureMatrix rows, int[] labels, int classCount, int seed, CancellationToken cancellationToken)
    {
        PresentClasses present = new(labels, classCount);
        if (present.Count == 1)
        {
            return new MlpModel(
                ClassOutputs.Constant(rows.Columns, present.Classes[0], classCount), new TrainingHistory([], [], false));
        }

        bool binary = present.Count == 2;
        NetworkData data = new(rows, Indicators(present.Renumber(labels), present.Count), binary ? 1 : present.Count);
        TrainingRecipe recipe = options.Recipe(binary ? Loss.BinaryCrossEntropy : Loss.CrossEntropy, rows.Rows);
        (DenseNetwork network, TrainingHistory history) = NetworkTrainer.Train(data, recipe, seed, cancellationToken);
        return new MlpModel(ClassOutputs.Spread(network, present.Classes, classCount), history);
    }

    /// <summary>One column per class present; for two classes one column that marks the second.</summary>
    private static float[] Indicators(int[] labels, int present)
    {
        if (present == 2)
        {
            return Array.ConvertAll(labels, label => (float)label);
        }

        float[] indicators = new float[labels.Length * present];
        for (int i = 0; i < labels.Length; i++)
        {
            indicators[(i * present) + labels[i]] = 1;
        }

        return indicators;
    }
}
