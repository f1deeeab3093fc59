using System.Numerics.Tensors;

namespace SerLab.Training.Learners;

/// <summary>What classification models do with rows of numbers, one per class.</summary>
internal static class ClassProbabilities
{
    /// <summary>The most probable class of each row; of equally probable ones the first.</summary>
    public static int[] MostProbable(ReadOnlySpan<double> probabilities, int classCount)
    {
        int[] labels = new int[probabilities.Length / classCount];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = TensorPrimitives.IndexOfMax(probabilities.Slice(i * classCount, classCount));
        }

        return labels;
    }

    /// <summary>Turns scores into probabilities in place, exp(s) / Σ exp(s), without overflow.</summary>
    public static void SoftMax(Span<double> scores)
    {
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max<double>(scores), scores);
        double sum = 0;
        foreach (ref double score in scores)
        {
            score = Math.Exp(score);
            sum += score;
        }

        TensorPrimitives.Divide(scores, sum, scores);
    }

    /// <summary>The share of each class among training labels.</summary>
    /// <param name="labels">The labels, at least one.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <param name="weights">How often each label counts; none: once.</param>
    public static double[] Shares(ReadOnlySpan<int> labels, int classCount, ReadOnlySpan<double> weights = default)
    {
        double[] shares = Totals(labels, classCount, weights);
        TensorPrimitives.Divide(shares, weights.IsEmpty ? labels.Length : TensorPrimitives.Sum(weights), shares);
        return shares;
    }

    /// <summary>How often each class occurs among training labels.</summary>
    /// <inheritdoc cref="Shares"/>
    public static double[] Totals(ReadOnlySpan<int> labels, int classCount, ReadOnlySpan<double> weights = default)
    {
        double[] totals = new double[classCount];
        for (int i = 0; i < labels.Length; i++)
        {
            totals[labels[i]] += weights.IsEmpty ? 1 : weights[i];
        }

        return totals;
    }
}
