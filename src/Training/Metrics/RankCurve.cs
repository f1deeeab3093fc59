namespace SerLab.Training.Metrics;

/// <summary>What a threshold on the probability of a class lets through.</summary>
/// <param name="FalsePositiveRate">Share of the clips of other classes that reach it.</param>
/// <param name="Recall">Share of the clips of the class that reach it: the true positive rate.</param>
/// <param name="Precision">Share of the clips that reach it that are of the class; 1 where none does.</param>
public readonly record struct ThresholdPoint(double FalsePositiveRate, double Recall, double Precision);

/// <summary>
/// How well the probabilities of one class tell its clips from all others: the points of its ROC curve and of its
/// precision–recall curve, with the areas below them. Immutable.
/// </summary>
/// <param name="Points">One per threshold, from the highest, which no clip reaches, to the lowest, which all do.</param>
/// <param name="RocArea">
/// See <see cref="ProbabilityMetrics.AreaUnderRoc(ReadOnlySpan{bool}, ReadOnlySpan{double})"/>.
/// </param>
/// <param name="AveragePrecision">See <see cref="ProbabilityMetrics.AveragePrecision"/>.</param>
/// <param name="Share">Share of clips that are of the class: the precision of guessing.</param>
public sealed record RankCurve(
    IReadOnlyList<ThresholdPoint> Points, double RocArea, double AveragePrecision, double Share)
{
    /// <summary>The curve of one class against the rest.</summary>
    /// <param name="predictions">Predictions with probabilities, all finite.</param>
    /// <param name="label">The number of the class.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <returns>None where one side has no clip, so that there is nothing to tell apart, or a probability is NaN.</returns>
    public static RankCurve? Of(PredictionSet predictions, int label, int classCount)
    {
        bool[] positive = Array.ConvertAll(predictions.Truth, truth => truth == label);
        double[] scores =
            [.. Enumerable.Range(0, predictions.Count).Select(i => predictions.Probabilities[(i * classCount) + label])];
        RankedScores ranked = new(positive, scores);
        (double roc, double precision) = ranked.Areas();
        if (double.IsNaN(roc))
        {
            return null;
        }

        double positives = positive.Count(isOfIt => isOfIt);
        double negatives = positive.Length - positives;
        return new RankCurve(
            [
                new ThresholdPoint(0, 0, 1),
                .. ranked.Thresholds().Select(reached => new ThresholdPoint(
                    reached.Negatives / negatives,
                    reached.Positives / positives,
                    (double)reached.Positives / (reached.Positives + reached.Negatives))),
            ],
            roc,
            precision,
            positives / positive.Length);
    }
}
