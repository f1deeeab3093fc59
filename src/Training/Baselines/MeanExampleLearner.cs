using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Baselines;

/// <summary>
/// Reconstructs every example as the mean of the training examples: the floor that an autoencoder must beat.
/// </summary>
internal sealed class MeanExampleLearner : ILearner
{
    /// <inheritdoc/>
    public string Name => "mean";

    /// <inheritdoc/>
    /// <exception cref="InvalidInputException">
    /// The target is no reconstruction, examples differ in length, are weighted, or a value is not finite.
    /// </exception>
    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default)
    {
        Examples examples = set.Examples;
        if (!set.Target.IsReconstruction || examples.Shape.Size is not { } size)
        {
            throw new InvalidInputException(
                $"'{Name}' here reconstructs examples of one length, but these are {examples.Shape} and the target is "
                + $"'{set.Target.Name}'.");
        }

        TrainingInput.RequireUnweighted(set, Name);
        TrainingInput.CheckFinite(examples);
        double[] mean = new double[size];
        for (int i = 0; i < examples.Count; i++)
        {
            for (int j = 0; j < size; j++)
            {
                mean[j] += examples[i][j];
            }
        }

        return new Model(examples.Shape, Array.ConvertAll(mean, sum => (float)(sum / examples.Count)));
    }

    private sealed class Model(ExampleShape input, float[] mean) : IModel
    {
        public ExampleShape Input => input;

        public int ClassCount => 0;

        public Predictions Predict(Examples examples)
        {
            TrainingInput.CheckPrediction(examples, Input);
            double[] errors = new double[examples.Count];
            for (int i = 0; i < errors.Length; i++)
            {
                errors[i] = TensorPrimitives.Distance(examples[i], mean) / Math.Sqrt(mean.Length);
            }

            return Predictions.OfRatings(errors);
        }

        public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input) =>
            OnnxPredictions.Ratings(ReconstructionOperators.Error(
                graph, input, graph.Constant(mean, 1, mean.Length), mean.Length));
    }
}
