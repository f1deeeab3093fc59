namespace SerLab.Training.Metrics;

/// <summary>
/// The metrics of classes: accuracy, UAR, macro and weighted precision, recall and F1, ROC AUC, average precision (the mean over
/// the classes that occur), log loss, then precision, recall, F1, ROC AUC and average precision of every class.
/// </summary>
public sealed class ClassificationScorer : IScorer
{
    private readonly int classCount;

    /// <summary>Creates the scorer for the classes in their order, at least two.</summary>
    public ClassificationScorer(IReadOnlyList<string> classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes.Count, 2, nameof(classes));
        classCount = classes.Count;
        Metrics =
        [
            Metric.Share("accuracy", "Accuracy"),
            Metric.Share("uar", "UAR"),
            Metric.Share("macro_precision", "Macro precision"),
            Metric.Share("macro_recall", "Macro recall"),
            Metric.Share("macro_f1", "Macro F1"),
            Metric.Share("weighted_precision", "Weighted precision"),
            Metric.Share("weighted_recall", "Weighted recall"),
            Metric.Share("weighted_f1", "Weighted F1"),
            Metric.Share("auc", "ROC AUC"),
            Metric.Share("average_precision", "Average precision"),
            Metric.Error("log_loss", "Log loss"),
            .. classes.SelectMany(name => new Metric[]
            {
                Metric.Share($"precision[{name}]", $"Precision of {name}"),
                Metric.Share($"recall[{name}]", $"Recall of {name}"),
                Metric.Share($"f1[{name}]", $"F1 of {name}"),
                Metric.Share($"auc[{name}]", $"ROC AUC of {name}"),
                Metric.Share($"average_precision[{name}]", $"Average precision of {name}"),
            }),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <inheritdoc/>
    public Metric Headline => Metrics[1];

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Main => [Metrics[0], Metrics[1]];

    /// <inheritdoc/>
    public double[] Score(PredictionSet predictions) =>
        Values(
            ConfusionMatrix.Of(predictions.Truth, predictions.Predicted, classCount),
            Array.ConvertAll(
                RankedScores.OfClasses(predictions.Truth, predictions.Probabilities, classCount), ranked => ranked.Areas()),
            ProbabilityMetrics.LogLoss(predictions.Truth, predictions.Probabilities, classCount));

    /// <inheritdoc/>
    public Func<int[], double[]> PrepareDraws(PredictionSet predictions, int[] groups, int groupCount)
    {
        // Counts and log losses add up group by group; only ranks need the clips themselves, sorted once.
        long[][] confusions = [.. Enumerable.Range(0, groupCount).Select(_ => new long[classCount * classCount])];
        double[] losses = new double[groupCount];
        for (int i = 0; i < predictions.Count; i++)
        {
            int truth = (int)predictions.Truth[i];
            confusions[groups[i]][(truth * classCount) + (int)predictions.Predicted[i]]++;
            losses[groups[i]] +=
                ProbabilityMetrics.LogLoss(truth, predictions.Probabilities.AsSpan(i * classCount, classCount));
        }

        RankedScores[] classes = RankedScores.OfClasses(predictions.Truth, predictions.Probabilities, classCount);
        long[] clipWeights = new long[predictions.Count];
        return weights =>
        {
            long[] counts = new long[classCount * classCount];
            double loss = 0;
            for (int g = 0; g < groupCount; g++)
            {
                loss += weights[g] * losses[g];
                for (int j = 0; j < counts.Length; j++)
                {
                    counts[j] += weights[g] * confusions[g][j];
                }
            }

            for (int i = 0; i < clipWeights.Length; i++)
            {
                clipWeights[i] = weights[groups[i]];
            }

            ConfusionMatrix confusion = new(classCount, counts);
            return Values(
                confusion, Array.ConvertAll(classes, ranked => ranked.Areas(clipWeights)), loss / confusion.Total);
        };
    }

    private double[] Values(ConfusionMatrix confusion, (double Roc, double Precision)[] areas, double logLoss) =>
    [
        confusion.Accuracy,
        confusion.UnweightedAverageRecall,
        confusion.Macro(confusion.Precision),
        confusion.Macro(confusion.Recall),
        confusion.Macro(confusion.F1),
        confusion.Weighted(confusion.Precision),
        confusion.Weighted(confusion.Recall),
        confusion.Weighted(confusion.F1),
        ProbabilityMetrics.MeanAreaUnderRoc(Array.ConvertAll(areas, area => area.Roc)),
        ProbabilityMetrics.MeanOfDefined(Array.ConvertAll(areas, area => area.Precision)),
        logLoss,
        .. Enumerable.Range(0, classCount).SelectMany(label => new[]
        {
            confusion.Precision(label), confusion.Recall(label), confusion.F1(label), areas[label].Roc, areas[label].Precision,
        }),
    ];
}
