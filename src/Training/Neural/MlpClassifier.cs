using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Neural;

/// <summary>
/// Multilayer perceptron for classes, minimising cross-entropy: a softmax output per class, or one logistic output for two classes (as
/// scikit-learn). Only classes that occur among the training rows are learnt; the others get probability zero. Scale the features
/// first.
/// </summary>
public sealed class MlpClassifier : IClassificationLearner
{
    private readonly MlpOptions options;

    /// <summary>Creates the learner.</summary>
    /// <param name="options">The recipe; without one, the defaults of <see cref="ScikitLearnMlpOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public MlpClassifier(MlpOptions? options = null) => this.options = (options ?? new ScikitLearnMlpOptions()).Checked();

    /// <inheritdoc/>
    public string Name { get; init; } = "mlp";

    /// <summary>Fits a model; it is a <see cref="MlpClassificationModel"/>. One thread, deterministic by seed.</summary>
    /// <inheritdoc cref="IClassificationLearner.Fit"/>
    /// <exception cref="InvalidInputException">
    /// The input is refused as every learner does, training diverges, or early stopping leaves no rows to train on.
    /// </exception>
    public IClassificationModel Fit(
        FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, int seed, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        TrainingInput.Check(rows, labels, classCount);
        int[] present = [.. labels.ToArray().Distinct().Order()];
        if (present.Length == 1)
        {
            DenseNetwork constant = ClassOutputs.Constant(rows.Columns, present[0], classCount);
            return new MlpClassificationModel(constant, new TrainingHistory([], [], false));
        }

        bool binary = present.Length == 2;
        NetworkData set = new(rows, Indicators(labels, present), binary ? 1 : present.Length);
        TrainingRecipe recipe = options.Recipe(binary ? Loss.BinaryCrossEntropy : Loss.CrossEntropy, rows.Rows);
        (DenseNetwork network, TrainingHistory history) = NetworkTrainer.Train(set, recipe, seed, cancellationToken);
        return new MlpClassificationModel(ClassOutputs.Spread(network, present, classCount), history);
    }

    /// <summary>One column per class present; for two classes one column that marks the second.</summary>
    private static float[] Indicators(ReadOnlySpan<int> labels, int[] present)
    {
        int columns = present.Length == 2 ? 1 : present.Length;
        float[] indicators = new float[labels.Length * columns];
        for (int i = 0; i < labels.Length; i++)
        {
            int position = Array.BinarySearch(present, labels[i]);
            if (columns > 1)
            {
                indicators[(i * columns) + position] = 1;
            }
            else
            {
                indicators[i] = position;
            }
        }

        return indicators;
    }
}
