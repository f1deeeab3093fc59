using SerLab.Training.Splitting;

namespace SerLab.Training.Conformal;

/// <summary>A bound that scores of a new group stay below, most of the time.</summary>
/// <param name="Value">The bound.</param>
/// <param name="IsReached">
/// Whether there were enough groups to find it; else it is the largest score there is, and nobody knows how often it holds.
/// </param>
internal sealed record ScoreBound(double Value, bool IsReached);

/// <summary>
/// The quantile of conformal prediction where groups, not single scores, are exchangeable: clips of one speaker or place err
/// alike.
/// </summary>
/// <remarks>
/// Every group has the weight 1, shared by its scores, and further weight lies at infinity for the group that is not there yet
/// (Dunn, Wasserman and Ramdas, Distribution-free prediction sets for two-layer hierarchical models, JASA 2023; Lee, Barber and
/// Willett, arXiv:2306.06342). That further weight is 1 there, right for scores that are equal within a group; where groups
/// hardly differ it covers 1 in the number of groups too much. So here it is K / n, with K groups that are worth n independent
/// scores: K where groups are all that matters, the number of scores where they do not matter (Kish's design effect of the
/// exceedances).
/// </remarks>
internal static class GroupQuantile
{
    /// <summary>Finds the bound.</summary>
    /// <param name="scores">Scores, the larger the stranger; at least one.</param>
    /// <param name="groups">The group of every score.</param>
    /// <param name="level">How often a score of a new group shall be at most the bound, between 0 and 1.</param>
    public static ScoreBound Of(ReadOnlySpan<double> scores, ReadOnlySpan<int> groups, double level)
    {
        ArgumentOutOfRangeException.ThrowIfZero(scores.Length, nameof(scores));
        ArgumentOutOfRangeException.ThrowIfNotEqual(groups.Length, scores.Length, nameof(groups));
        (int[] numbers, int count) = SplitMath.NumberAscending(groups.ToArray());
        int[] sizes = new int[count];
        foreach (int group in numbers)
        {
            sizes[group]++;
        }

        double[] sorted = scores.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        double[] shares = new double[sorted.Length];
        double sum = 0;
        for (int i = 0; i < shares.Length; i++)
        {
            sum += 1.0 / sizes[numbers[order[i]]];
            shares[i] = sum / count;
        }

        int observed = Find(shares, level);
        double worth = IndependentScores(scores, numbers, sizes, sorted[Math.Min(observed, sorted.Length - 1)]);
        int found = Find(shares, level * (1 + (1 / worth)));
        return found < sorted.Length ? new ScoreBound(sorted[found], true) : new ScoreBound(sorted[^1], false);
    }

    // Sums of shares miss whole numbers by their last digits.
    private static int Find(double[] shares, double level)
    {
        int index = Array.FindIndex(shares, share => share >= level - 1e-9);
        return index < 0 ? shares.Length : index;
    }

    /// <summary>How many independent scores tell as much as these do about how often the bound is exceeded.</summary>
    private static double IndependentScores(ReadOnlySpan<double> scores, int[] groups, int[] sizes, double bound)
    {
        double[] exceeding = new double[sizes.Length];
        for (int i = 0; i < groups.Length; i++)
        {
            exceeding[groups[i]] += scores[i] > bound ? 1.0 / sizes[groups[i]] : 0;
        }

        double mean = exceeding.Average();
        double between = exceeding.Sum(share => (share - mean) * (share - mean)) / (sizes.Length - 1);

        // Where nothing exceeds it, nothing is known of how alike clips of a group are.
        return mean == 0 ? sizes.Length
            : between == 0 ? scores.Length
            : Math.Clamp(mean * (1 - mean) * sizes.Length / between, sizes.Length, scores.Length);
    }
}
