using SerLab.Onnx;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;

namespace SerLab.Training.Calibrating;

/// <summary>
/// Makes class probabilities mean what they say, by one number (Guo and others 2017, section 4.2): what would be logits are
/// divided by it, so that above 1 a model is less sure than it was, below 1 surer. The order of the classes stays. Immutable.
/// </summary>
/// <param name="Value">The temperature, from <see cref="Least"/> to <see cref="Most"/>.</param>
internal sealed record Temperature(double Value)
{
    /// <summary>The lowest temperature that is tried: a model that is always right would have 0.</summary>
    public const double Least = 0.05;

    /// <summary>The highest temperature that is tried: a model that is right by chance would have infinity.</summary>
    public const double Most = 20;

    // Files have float32 probabilities; what is less counts as this, so that all runtimes give the same, and a class that a
    // forest gave no chance can be the true one.
    private const double Floor = 1e-7;

    // Halvings of the range on a logarithmic scale, to the last digits of a float64.
    private const int Halvings = 60;

    /// <summary>Probabilities as they are.</summary>
    public static Temperature None { get; } = new(1);

    /// <summary>
    /// The temperature at which the log loss is least: the loss is convex in its inverse, so it is least where its slope is zero.
    /// </summary>
    /// <param name="predictions">True classes and probabilities, for clips that their models had not seen; at least one.</param>
    public static Temperature Of(PredictionSet predictions)
    {
        double[] logarithms = Array.ConvertAll(predictions.Probabilities, p => Math.Log(Math.Max(p, Floor)));
        (double low, double high) = (Math.Log(Least), Math.Log(Most));
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = IsTooSure(predictions, logarithms, Math.Exp(middle)) ? (middle, high) : (low, middle);
        }

        return new Temperature(Math.Exp((low + high) / 2));
    }

    /// <summary>What the probability of each class counts as at least: nothing for one that no training example has.</summary>
    /// <param name="labels">The class numbers of the training examples.</param>
    /// <param name="classCount">Number of classes.</param>
    public static double[] Floors(IEnumerable<int> labels, int classCount)
    {
        double[] floors = new double[classCount];
        foreach (int label in labels)
        {
            floors[label] = Floor;
        }

        return floors;
    }

    /// <summary>Changes rows of probabilities.</summary>
    /// <param name="probabilities">Row-major, one row per example.</param>
    /// <param name="floors">See <see cref="Floors"/>; one per class.</param>
    public double[] Apply(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> floors)
    {
        double[] changed = new double[probabilities.Length];
        for (int i = 0; i < changed.Length; i++)
        {
            changed[i] = Math.Log(Math.Max(probabilities[i], floors[i % floors.Length])) / Value;
        }

        for (int row = 0; row < changed.Length; row += floors.Length)
        {
            ClassProbabilities.SoftMax(changed.AsSpan(row, floors.Length));
        }

        return changed;
    }

    /// <summary>The same as operators.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="probabilities">Float32, [batch, classes].</param>
    /// <param name="floors">See <see cref="Floors"/>; one per class.</param>
    /// <returns>Float32, [batch, classes].</returns>
    public OnnxValue AddTo(OnnxGraph graph, OnnxValue probabilities, double[] floors)
    {
        OnnxValue least = graph.Doubles(floors, floors.Length);
        OnnxValue floored = graph.Apply("Max", [graph.Cast(probabilities, OnnxElement.Double), least]);
        OnnxValue logits = graph.Multiply(graph.Apply("Log", [floored]), graph.Doubles([1 / Value]));
        return graph.Cast(graph.Apply("Softmax", [logits], OnnxAttribute.Of("axis", -1L)), OnnxElement.Float);
    }

    /// <summary>Whether the true classes have less weight than their probabilities say: a higher temperature is better.</summary>
    private static bool IsTooSure(PredictionSet predictions, double[] logarithms, double temperature)
    {
        int classes = logarithms.Length / predictions.Count;
        double[] row = new double[classes];
        double slope = 0;
        for (int i = 0; i < predictions.Count; i++)
        {
            ReadOnlySpan<double> own = logarithms.AsSpan(i * classes, classes);
            for (int c = 0; c < classes; c++)
            {
                row[c] = own[c] / temperature;
            }

            ClassProbabilities.SoftMax(row);
            slope -= own[(int)predictions.Truth[i]];
            for (int c = 0; c < classes; c++)
            {
                slope += row[c] * own[c];
            }
        }

        return slope > 0;
    }
}
