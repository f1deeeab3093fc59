using SerLab.Onnx;
using SerLab.Training.Metrics;

namespace SerLab.Training.Conformal;

/// <summary>
/// Turns class probabilities into a set of classes that holds the true one most of the time: the predicted class, and the next
/// probable ones until those before have enough probability (adaptive prediction sets, Romano, Sesia and Candès 2020, without
/// their random numbers). Never empty. Immutable.
/// </summary>
/// <param name="Limit">
/// A class belongs to the set while the more probable ones together have at most this; below 0, only the predicted class does.
/// </param>
/// <param name="Confusions">What is mixed into probabilities before they are compared.</param>
/// <param name="IsReached">Whether there were enough groups to promise how often it holds.</param>
public sealed record SetRule(double Limit, ConfusionShares Confusions, bool IsReached) : IConformalRule
{
    /// <summary>Calibrates the rule on predictions for clips that their models had not seen.</summary>
    /// <param name="predictions">True and predicted classes with probabilities, at least one.</param>
    /// <param name="groups">The group of each.</param>
    /// <param name="level">How often the set shall hold the true class of a clip of a new group.</param>
    public static SetRule Of(PredictionSet predictions, ReadOnlySpan<int> groups, double level = ConformalRule.Level)
    {
        // Shares that a group's own truth is in would fit it better than they will a new one.
        int[] numbers = groups.ToArray();
        int[][] parts =
            [.. Enumerable.Range(0, predictions.Count).GroupBy(i => numbers[i]).Select(part => part.ToArray())];
        double[] scores = new double[predictions.Count];
        foreach ((int[] part, ConfusionShares others) in parts.Zip(ConfusionShares.Without(predictions, parts)))
        {
            foreach (int i in part)
            {
                scores[i] =
                    Rank(others, RowOf(predictions, i), (int)predictions.Predicted[i], (int)predictions.Truth[i]);
            }
        }

        ScoreBound bound = GroupQuantile.Of(scores, groups, level);
        return new SetRule(bound.Value, ConfusionShares.Of(predictions), bound.IsReached);
    }

    /// <summary>
    /// How far a class is from belonging to every set: the probability of the more probable ones, of equally probable ones those
    /// before it; −1 for the predicted class.
    /// </summary>
    /// <param name="probabilities">One per class.</param>
    /// <param name="predicted">Number of the predicted class, which need not be the most probable one.</param>
    /// <param name="label">Number of the class in question.</param>
    public double ScoreOf(ReadOnlySpan<double> probabilities, int predicted, int label) =>
        Rank(Confusions, probabilities, predicted, label);

    /// <summary>The numbers of the classes of a set, ascending.</summary>
    /// <inheritdoc cref="ScoreOf"/>
    public int[] SetOf(ReadOnlySpan<double> probabilities, int predicted)
    {
        List<int> set = [];
        for (int c = 0; c < probabilities.Length; c++)
        {
            if (c == predicted || ScoreOf(probabilities, predicted, c) <= (float)Limit)
            {
                set.Add(c);
            }
        }

        return [.. set];
    }

    /// <inheritdoc/>
    public bool Covers(PredictionSet predictions, int position) =>
        SetAt(predictions, position).Contains((int)predictions.Truth[position]);

    /// <inheritdoc/>
    public double WidthAt(PredictionSet predictions, int position) => SetAt(predictions, position).Length;

    /// <summary>Adds, as operators, which classes belong to the set.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="label">The predicted class, int64, [batch].</param>
    /// <param name="probabilities">Float32, [batch, classes].</param>
    /// <param name="classCount">Number of classes.</param>
    /// <returns>Truth values, [batch, classes].</returns>
    public OnnxValue AddTo(OnnxGraph graph, OnnxValue label, OnnxValue probabilities, int classCount)
    {
        probabilities = Confusions.AddTo(graph, label, probabilities);

        // [batch, asked, other]: the probability of the others that come before the class in question.
        OnnxValue asked = graph.Apply("Unsqueeze", [probabilities, graph.Integers([2], 1)]);
        OnnxValue other = graph.Apply("Unsqueeze", [probabilities, graph.Integers([1], 1)]);
        OnnxValue earlier = graph.Constant(
            [.. Enumerable.Range(0, classCount * classCount).Select(i => i % classCount < i / classCount ? 1f : 0f)],
            classCount,
            classCount);
        OnnxValue Counted(string comparison) =>
            graph.Cast(graph.Apply(comparison, [other, asked]), OnnxElement.Float);
        OnnxValue isBefore = graph.Add(Counted("Greater"), graph.Multiply(Counted("Equal"), earlier));
        OnnxValue before = graph.Apply(
            "ReduceSum", [graph.Multiply(isBefore, other), graph.Integers([2], 1)], OnnxAttribute.Of("keepdims", 0L));
        OnnxValue isProbable = graph.Apply("LessOrEqual", [before, graph.Scalar((float)Limit)]);
        OnnxValue isLabel = graph.Apply(
            "Equal",
            [
                graph.Apply("Unsqueeze", [label, graph.Integers([1], 1)]),
                graph.Integers([.. Enumerable.Range(0, classCount)], 1, classCount),
            ]);
        return graph.Apply("Or", [isProbable, isLabel]);
    }

    private static double Rank(ConfusionShares confusions, ReadOnlySpan<double> probabilities, int predicted, int label)
    {
        float[] mixed = confusions.MixInto(probabilities, predicted);
        float before = 0;
        for (int c = 0; c < mixed.Length; c++)
        {
            before += mixed[c] > mixed[label] || (mixed[c] == mixed[label] && c < label) ? mixed[c] : 0;
        }

        return label == predicted ? -1 : before;
    }

    private int[] SetAt(PredictionSet predictions, int position) =>
        SetOf(RowOf(predictions, position), (int)predictions.Predicted[position]);

    private static ReadOnlySpan<double> RowOf(PredictionSet predictions, int position)
    {
        int classes = predictions.Probabilities.Length / predictions.Count;
        return predictions.Probabilities.AsSpan(position * classes, classes);
    }
}
