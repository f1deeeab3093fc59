using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Baselines;

/// <summary>
/// Draws a class at random, each as likely as it is frequent among the training rows; probabilities are the shares of the
/// classes. What guessing with knowledge of the frequencies scores. The draw follows from the seed and the row's features, so
/// that a row's answer depends neither on the other rows nor on their order.
/// </summary>
public sealed class StratifiedRandomLearner : ILearner
{
    /// <inheritdoc/>
    public string Name => "stratified-random";

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default)
    {
        TrainingInput.RequireClasses(set, Name);
        TrainingInput.CheckFinite(set.Examples);
        cancellationToken.ThrowIfCancellationRequested();
        double[] shares = ClassProbabilities.Shares(set.Labels, set.Target.Classes.Count, set.Weights);
        return new StratifiedRandomModel(new ConstantModel(set.Examples.Shape, shares), seed);
    }

    private sealed class StratifiedRandomModel(ConstantModel shares, int seed) : IModel
    {
        public ExampleShape Input => shares.Input;

        public int ClassCount => shares.ClassCount;

        // The draw follows from the bits of the features, and ONNX has no operator that sees them.
        public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input) => throw new InvalidInputException(
            "The learner 'stratified-random' guesses: it is a yardstick, and there is no ONNX file of it. "
            + "Export another learner.");

        public Predictions Predict(Examples examples)
        {
            double[] probabilities = shares.Predict(examples).Probabilities;
            int[] labels = new int[examples.Count];
            for (int i = 0; i < labels.Length; i++)
            {
                labels[i] = Draw(new SeededRandom(Hash(examples[i])).NextDouble());
            }

            return Predictions.OfClasses(labels, probabilities);
        }

        /// <summary>
        /// The class whose part of [0, 1) holds the number; rounding may leave the last bit of it to the most frequent.
        /// </summary>
        private int Draw(double uniform)
        {
            double end = 0;
            for (int i = 0; i < ClassCount; i++)
            {
                end += shares.Answer[i];
                if (uniform < end)
                {
                    return i;
                }
            }

            return TensorPrimitives.IndexOfMax(shares.Answer);
        }

        /// <summary>FNV-1a over the seed and the bits of the features (Fowler, Noll and Vo).</summary>
        private long Hash(ReadOnlySpan<float> row)
        {
            ulong hash = (14695981039346656037 ^ (uint)seed) * 1099511628211;
            foreach (float value in row)
            {
                hash = (hash ^ BitConverter.SingleToUInt32Bits(value)) * 1099511628211;
            }

            return (long)hash;
        }
    }
}
