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
    public static double AreaUnderRoc(ReadOnlySpan<bool> positive, ReadOnlySpan<double> scores)
    {
        int[] order = SortByScore(scores);
        long[] weights = new long[scores.Length];
        Array.Fill(weights, 1);
        return WeightedArea(positive, scores, order, weights);
    }

    /// <summary>
    /// Area under the ROC curve over all classes: with two classes that of class 1; with more, each class against the rest,
    /// averaged over the classes that occur beside others (scikit-learn's <c>multi_class="ovr", average="macro"</c>). NaN where
    /// none does.
    /// </summary>
    /// <param name="truth">Class numbers.</param>
    /// <param name="probabilities">Row-major, one row per clip.</param>
    /// <param name="classCount">Number of classes.</param>
    public static double AreaUnderRoc(ReadOnlySpan<double> truth, ReadOnlySpan<double> probabilities, int classCount) =>
        new RocTable(truth, probabilities, classCount).Area(null);

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

    internal static int[] SortByScore(ReadOnlySpan<double> scores)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort(scores.ToArray(), order);
        return order;
    }

    /// <summary>
    /// The area when each clip counts <paramref name="weights"/> times; <paramref name="order"/> sorts by score.
    /// </summary>
    internal static double WeightedArea(
        ReadOnlySpan<bool> positive, ReadOnlySpan<double> scores, ReadOnlySpan<int> order, ReadOnlySpan<long> weights)
    {
        // Sorted, NaN comes first.
        if (order.Length > 0 && double.IsNaN(scores[order[0]]))
        {
            return double.NaN;
        }

        // Wins are counted in halves, so that all sums are whole numbers and the result does not depend on their order.
        long positives = 0, negatives = 0, halfWins = 0;
        for (int i = 0; i < order.Length;)
        {
            long tiedPositives = 0, tiedNegatives = 0;
            double score = scores[order[i]];
            for (; i < order.Length && scores[order[i]] == score; i++)
            {
                if (positive[order[i]])
                {
                    tiedPositives += weights[order[i]];
                }
                else
                {
                    tiedNegatives += weights[order[i]];
                }
            }

            halfWins += tiedPositives * ((2 * negatives) + tiedNegatives);
            positives += tiedPositives;
            negatives += tiedNegatives;
        }

        return positives == 0 || negatives == 0 ? double.NaN : halfWins / (2.0 * positives * negatives);
    }
}

/// <summary>Scores sorted once per class, so that the area of every draw of groups is one pass.</summary>
internal sealed class RocTable
{
    private readonly List<(bool[] Positive, double[] Scores, int[] Order)> classes = [];
    private readonly long[] ones;

    public RocTable(ReadOnlySpan<double> truth, ReadOnlySpan<double> probabilities, int classCount)
    {
        ones = new long[truth.Length];
        Array.Fill(ones, 1);
        for (int c = classCount == 2 ? 1 : 0; c < classCount; c++)
        {
            bool[] positive = new bool[truth.Length];
            double[] scores = new double[truth.Length];
            for (int i = 0; i < truth.Length; i++)
            {
                positive[i] = truth[i] == c;
                scores[i] = probabilities[(i * classCount) + c];
            }

            classes.Add((positive, scores, ProbabilityMetrics.SortByScore(scores)));
        }
    }

    /// <summary>
    /// The area, averaged over the classes for which it is defined; each clip counts as often as its weight says.
    /// </summary>
    public double Area(long[]? weights)
    {
        double sum = 0;
        int defined = 0;
        foreach ((bool[] positive, double[] scores, int[] order) in classes)
        {
            double area = ProbabilityMetrics.WeightedArea(positive, scores, order, weights ?? ones);
            if (!double.IsNaN(area))
            {
                sum += area;
                defined++;
            }
        }

        return defined == 0 ? double.NaN : sum / defined;
    }
}
