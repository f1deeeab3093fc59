using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Baselines;

/// <summary>
/// Draws a class at random, each as likely as it is frequent among the training rows; probabilities are the shares of the classes.
/// What guessing with knowledge of the frequencies scores. The draw follows from the seed and the row's features, so that a row's
/// answer depends neither on the other rows nor on their order.
/// </summary>
public sealed class StratifiedRandomClassifier : IClassificationLearner
{
    /// <inheritdoc/>
    public string Name => "stratified-random";

    /// <inheritdoc/>
    public IClassificationModel Fit(
        FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, int seed, CancellationToken cancellationToken = default)
    {
        TrainingInput.Check(rows, labels, classCount);
        cancellationToken.ThrowIfCancellationRequested();
        return new StratifiedRandomModel(
            new ConstantClassificationModel(rows.Columns, ClassProbabilities.Shares(labels, classCount)), seed);
    }

    private sealed class StratifiedRandomModel(ConstantClassificationModel shares, int seed) : IClassificationModel
    {
        public int FeatureCount => shares.FeatureCount;

        public int ClassCount => shares.ClassCount;

        // The draw follows from the bits of the features, and ONNX has no operator that sees them.
        public OnnxClasses AddTo(OnnxGraph graph, OnnxValue rows) => throw new InvalidInputException(
            "The learner 'stratified-random' guesses: it is a yardstick, and there is no ONNX file of it. Export another learner.");

        public double[] PredictProbabilities(FeatureMatrix rows) => shares.PredictProbabilities(rows);

        public int[] PredictLabels(FeatureMatrix rows)
        {
            TrainingInput.CheckPrediction(rows, FeatureCount);
            int[] labels = new int[rows.Rows];
            for (int i = 0; i < labels.Length; i++)
            {
                labels[i] = Draw(new SeededRandom(Hash(rows.Row(i))).NextDouble());
            }

            return labels;
        }

        /// <summary>The class whose part of [0, 1) holds the number; rounding may leave the last bit of it to the most frequent.</summary>
        private int Draw(double uniform)
        {
            double end = 0;
            for (int i = 0; i < ClassCount; i++)
            {
                end += shares.Probabilities[i];
                if (uniform < end)
                {
                    return i;
                }
            }

            return System.Numerics.Tensors.TensorPrimitives.IndexOfMax(shares.Probabilities);
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
