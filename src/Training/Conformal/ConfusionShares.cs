using SerLab.Onnx;
using SerLab.Training.Metrics;

namespace SerLab.Training.Conformal;

/// <summary>
/// How often each class was the true one where a class was predicted. A little of it is mixed into class probabilities before a
/// set is made of them: votes, leaves and a few neighbours give many classes the same probability, often none, and these shares
/// tell which of them is likelier. Immutable.
/// </summary>
public sealed class ConfusionShares
{
    // Too little to change the order of classes that a model tells apart, enough for a float32.
    private const double Weight = 0.01;

    // A power of two, so that only the rounding rounds. Sums of such numbers up to 16 are exact in float32, in any order.
    private const float Grid = 1 << 20;

    private readonly double[] shares;
    private readonly int classes;

    private ConfusionShares(int[] counts, int classes)
    {
        this.classes = classes;
        shares = new double[counts.Length];
        for (int row = 0; row < counts.Length; row += classes)
        {
            double sum = counts.AsSpan(row, classes).ToArray().Sum() + classes;
            for (int c = row; c < row + classes; c++)
            {
                shares[c] = (counts[c] + 1) / sum;
            }
        }
    }

    /// <summary>Shares as even as they are before anything was seen.</summary>
    /// <param name="classes">Number of classes.</param>
    public static ConfusionShares Even(int classes) => new(new int[classes * classes], classes);

    /// <summary>Counts, one more for every pair of classes.</summary>
    /// <param name="predictions">True and predicted classes, with probabilities; at least one.</param>
    internal static ConfusionShares Of(PredictionSet predictions)
    {
        int classes = predictions.Probabilities.Length / predictions.Count;
        return new ConfusionShares(CountsOf(predictions, Enumerable.Range(0, predictions.Count), classes), classes);
    }

    /// <summary>The shares that all others give, for every group of predictions.</summary>
    /// <param name="predictions">As for <see cref="Of"/>.</param>
    /// <param name="parts">The positions of each group.</param>
    internal static IEnumerable<ConfusionShares> Without(PredictionSet predictions, IEnumerable<IEnumerable<int>> parts)
    {
        int classes = predictions.Probabilities.Length / predictions.Count;
        int[] all = CountsOf(predictions, Enumerable.Range(0, predictions.Count), classes);
        return parts.Select(part => new ConfusionShares(
            [.. all.Zip(CountsOf(predictions, part, classes), (count, own) => count - own)], classes));
    }

    /// <summary>
    /// Probabilities with the shares in them, in float32 and rounded to whole 2⁻²⁰, operation by operation as in a file: what is
    /// as probable, and how probable classes are together, is the same in every runtime.
    /// </summary>
    /// <param name="probabilities">One per class.</param>
    /// <param name="predicted">Number of the predicted class.</param>
    internal float[] MixInto(ReadOnlySpan<double> probabilities, int predicted)
    {
        float[] mixed = new float[classes];
        for (int c = 0; c < classes; c++)
        {
            float own = (float)probabilities[c] * (float)(1 - Weight);
            mixed[c] = MathF.Round((own + (float)(Weight * shares[(predicted * classes) + c])) * Grid) / Grid;
        }

        return mixed;
    }

    /// <summary>The same as operators.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="label">The predicted class, int64, [batch]; the number of classes where there is none.</param>
    /// <param name="probabilities">Float32, [batch, classes].</param>
    internal OnnxValue AddTo(OnnxGraph graph, OnnxValue label, OnnxValue probabilities)
    {
        OnnxValue rows = graph.Constant(
            [.. shares.Select(share => (float)(Weight * share)), .. new float[classes]], classes + 1, classes);
        OnnxValue mixed = graph.Add(
            graph.Multiply(probabilities, graph.Scalar((float)(1 - Weight))), graph.Gather(rows, label, 0));
        return graph.Multiply(
            graph.Apply("Round", [graph.Multiply(mixed, graph.Scalar(Grid))]), graph.Scalar(1 / Grid));
    }

    private static int[] CountsOf(PredictionSet predictions, IEnumerable<int> positions, int classes)
    {
        int[] counts = new int[classes * classes];
        foreach (int i in positions)
        {
            counts[((int)predictions.Predicted[i] * classes) + (int)predictions.Truth[i]]++;
        }

        return counts;
    }
}
