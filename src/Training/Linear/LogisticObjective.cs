using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Linear;

/// <summary>
/// The penalised log loss of logistic regression. Parameters are one linear function after another, each its coefficients and
/// then its intercept: one function for two classes, else one per class.
/// </summary>
internal sealed class LogisticObjective
{
    private readonly double[] features;
    private readonly int[] labels;
    private readonly double[] weights;
    private readonly int columns;
    private readonly int functions;
    private readonly double penalty;

    /// <summary>Prepares the objective on training rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="labels">The class of every row; all classes occur.</param>
    /// <param name="classCount">Number of classes, at least two.</param>
    /// <param name="weights">What the loss of every row is multiplied by.</param>
    /// <param name="c">Inverse of the weight of the penalty.</param>
    public LogisticObjective(FeatureMatrix rows, int[] labels, int classCount, double[] weights, double c)
    {
        features = new double[rows.Values.Length];
        TensorPrimitives.ConvertTruncating(rows.Values, features);
        this.labels = labels;
        this.weights = weights;
        columns = rows.Columns;
        functions = classCount == 2 ? 1 : classCount;
        penalty = 1 / c;
    }

    /// <summary>Number of parameters.</summary>
    public int ParameterCount => functions * (columns + 1);

    /// <summary>The value of the objective, and its gradient.</summary>
    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        gradient.Clear();
        double loss = 0;
        Span<double> scores = functions <= 64 ? stackalloc double[functions] : new double[functions];
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<double> row = features.AsSpan(i * columns, columns);
            Scores(parameters, row, scores);
            double weight = weights[i];
            loss += weight * (functions == 1 ? SigmoidLoss(labels[i], ref scores[0]) : SoftMaxLoss(labels[i], scores));
            for (int k = 0; k < functions; k++)
            {
                Span<double> part = gradient.Slice(k * (columns + 1), columns + 1);
                double derivative = weight * scores[k];
                TensorPrimitives.MultiplyAdd(row, derivative, part[..columns], part[..columns]);
                part[columns] += derivative;
            }
        }

        for (int k = 0; k < functions; k++)
        {
            ReadOnlySpan<double> coefficients = parameters.Slice(k * (columns + 1), columns);
            Span<double> part = gradient.Slice(k * (columns + 1), columns);
            loss += penalty / 2 * TensorPrimitives.SumOfSquares(coefficients);
            TensorPrimitives.MultiplyAdd(coefficients, penalty, part, part);
        }

        return loss;
    }

    /// <summary>The linear functions of a row.</summary>
    public static void Scores(ReadOnlySpan<double> parameters, ReadOnlySpan<double> row, Span<double> scores)
    {
        for (int k = 0; k < scores.Length; k++)
        {
            ReadOnlySpan<double> part = parameters.Slice(k * (row.Length + 1), row.Length + 1);
            scores[k] = TensorPrimitives.Dot(part[..row.Length], row) + part[row.Length];
        }
    }

    /// <summary>The loss of a row; its score becomes the derivative by the score.</summary>
    private static double SigmoidLoss(int label, ref double score)
    {
        // log(1 + exp(−m)) for the margin m, without overflow on either side.
        double margin = label == 1 ? score : -score;
        double loss = margin > 0 ? Math.Log(1 + Math.Exp(-margin)) : Math.Log(1 + Math.Exp(margin)) - margin;
        score = (1 / (1 + Math.Exp(-score))) - label;
        return loss;
    }

    /// <summary>The loss of a row; its scores become the derivatives by the scores.</summary>
    private static double SoftMaxLoss(int label, Span<double> scores)
    {
        double highest = TensorPrimitives.Max<double>(scores);
        double margin = scores[label] - highest;
        double sum = 0;
        foreach (double score in scores)
        {
            sum += Math.Exp(score - highest);
        }

        ClassProbabilities.SoftMax(scores);
        scores[label] -= 1;
        return Math.Log(sum) - margin;
    }
}
