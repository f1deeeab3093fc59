namespace SerLab.Training.Metrics;

/// <summary>
/// Scores for one class, sorted once: what follows from their order is then one pass, for every draw of clips. Equal scores are
/// one threshold.
/// </summary>
internal sealed class RankedScores
{
    private readonly bool[] positive;
    private readonly int[] order;
    private readonly int[] ends;
    private readonly bool hasNaN;

    /// <summary>Sorts the scores.</summary>
    /// <param name="positive">Whether each clip is of the class.</param>
    /// <param name="scores">A score per clip, higher for the class.</param>
    public RankedScores(ReadOnlySpan<bool> positive, ReadOnlySpan<double> scores)
    {
        double[] sorted = scores.ToArray();
        this.positive = positive.ToArray();
        order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        Array.Reverse(sorted);
        Array.Reverse(order);

        // In descending order NaN comes last.
        hasNaN = sorted.Length > 0 && double.IsNaN(sorted[^1]);
        ends = [.. Enumerable.Range(1, sorted.Length).Where(i => i == sorted.Length || sorted[i] != sorted[i - 1])];
    }

    /// <summary>The scores of every class against the rest, class by class.</summary>
    /// <param name="truth">Class numbers.</param>
    /// <param name="probabilities">Row-major, one row per clip.</param>
    /// <param name="classCount">Number of classes.</param>
    public static RankedScores[] OfClasses(ReadOnlySpan<double> truth, ReadOnlySpan<double> probabilities, int classCount)
    {
        RankedScores[] classes = new RankedScores[classCount];
        bool[] positive = new bool[truth.Length];
        double[] scores = new double[truth.Length];
        for (int c = 0; c < classCount; c++)
        {
            for (int i = 0; i < truth.Length; i++)
            {
                positive[i] = truth[i] == c;
                scores[i] = probabilities[(i * classCount) + c];
            }

            classes[c] = new RankedScores(positive, scores);
        }

        return classes;
    }

    /// <summary>
    /// Area under the ROC curve, and average precision, when each clip counts as often as its weight says; without weights, once.
    /// NaN where a score is; the first also where one side has no clip, the second where the class has none.
    /// </summary>
    public (double Roc, double Precision) Areas(ReadOnlySpan<long> weights = default)
    {
        if (hasNaN)
        {
            return (double.NaN, double.NaN);
        }

        // Wins are counted in halves, so that all sums are whole numbers and the area does not depend on their order.
        long positives = 0, negatives = 0, halfWins = 0;
        double precision = 0;
        int i = 0;
        foreach (int end in ends)
        {
            long tiedPositives = 0, tied = 0;
            for (; i < end; i++)
            {
                long weight = weights.IsEmpty ? 1 : weights[order[i]];
                tied += weight;
                tiedPositives += positive[order[i]] ? weight : 0;
            }

            long tiedNegatives = tied - tiedPositives;
            halfWins += tiedNegatives * ((2 * positives) + tiedPositives);
            positives += tiedPositives;
            negatives += tiedNegatives;
            if (tiedPositives > 0)
            {
                precision += tiedPositives * ((double)positives / (positives + negatives));
            }
        }

        return (
            positives == 0 || negatives == 0 ? double.NaN : halfWins / (2.0 * positives * negatives),
            positives == 0 ? double.NaN : precision / positives);
    }

    /// <summary>How many clips of the class, and how many others, reach each threshold, the highest first.</summary>
    public IEnumerable<(int Positives, int Negatives)> Thresholds()
    {
        int positives = 0, i = 0;
        foreach (int end in ends)
        {
            for (; i < end; i++)
            {
                positives += positive[order[i]] ? 1 : 0;
            }

            yield return (positives, end - positives);
        }
    }
}
