namespace SerLab.Training.Metrics;

/// <summary>How good class probabilities are.</summary>
public static class ProbabilityMetrics
{
    /// <summary>
    /// Area under the ROC curve: the chance that a random clip of the class scores above a random clip that is not, ties counting
    /// half (Hanley and McNeil 1982). NaN where one side has no clip, or a score is NaN.
    /// </summary>
    /// <param name="positive">Whether each clip is of the class.</param>
    /// <param name="scores">A score per clip, higher for the class.</param>
    public static double AreaUnderRoc(ReadOnlySpan<bool> positive, ReadOnlySpan<double> scores) =>
        new RankedScores(positive, scores).Areas().Roc;

    /// <summary>
    /// Area under the ROC curve over all classes: with two classes that of class 1; with more, each class against the rest,
    /// averaged over the classes that occur beside others (scikit-learn's <c>multi_class="ovr", average="macro"</c>). NaN where
    /// none does.
    /// </summary>
    /// <param name="truth">Class numbers.</param>
    /// <param name="probabilities">Row-major, one row per clip.</param>
    /// <param name="classCount">Number of classes.</param>
    public static double AreaUnderRoc(ReadOnlySpan<double> truth, ReadOnlySpan<double> probabilities, int classCount) =>
        MeanAreaUnderRoc([.. RankedScores.OfClasses(truth, probabilities, classCount).Select(ranked => ranked.Areas().Roc)]);

    /// <summary>
    /// Average precision: precision at every threshold, weighted by the recall that it adds, without interpolation
    /// (scikit-learn's <c>average_precision_score</c>); guessing has the share of the class. NaN where no clip is of the class,
    /// or a score is NaN.
    /// </summary>
    /// <param name="positive">Whether each clip is of the class.</param>
    /// <param name="scores">A score per clip, higher for the class.</param>
    public static double AveragePrecision(ReadOnlySpan<bool> positive, ReadOnlySpan<double> scores) =>
        new RankedScores(positive, scores).Areas().Precision;

    /// <summary>
    /// Mean of −ln of the probability given to the true class, in nats. Probabilities are clipped to [ε, 1 − ε] with the ε of
    /// float64 and rows rescaled to sum 1, as scikit-learn 1.2 does.
    /// </summary>
    /// <param name="truth">Class numbers.</param>
    /// <param name="probabilities">Row-major, one row per clip.</param>
    /// <param name="classCount">Number of classes.</param>
    public static double LogLoss(ReadOnlySpan<double> truth, ReadOnlySpan<double> probabilities, int classCount)
    {
        double sum = 0;
        for (int i = 0; i < truth.Length; i++)
        {
            sum += LogLoss((int)truth[i], probabilities.Slice(i * classCount, classCount));
        }

        return sum / truth.Length;
    }

    internal static double LogLoss(int truth, ReadOnlySpan<double> row)
    {
        const double Epsilon = 2.220446049250313e-16;
        double sum = 0;
        foreach (double p in row)
        {
            sum += Math.Clamp(p, Epsilon, 1 - Epsilon);
        }

        return -Math.Log(Math.Clamp(row[truth], Epsilon, 1 - Epsilon) / sum);
    }

    /// <summary>The area over all classes, of the areas of each; with two classes, that of class 1.</summary>
    internal static double MeanAreaUnderRoc(double[] areas) => areas.Length == 2 ? areas[1] : MeanOfDefined(areas);

    /// <summary>The mean of those that are not NaN; NaN where all are.</summary>
    internal static double MeanOfDefined(double[] values) =>
        values.Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average();
}
