namespace SerLab.Evaluation.Sharing;

/// <summary>
/// Divides work into shares that cost about the same: the dearest piece first, each to the share that has least to do so far
/// (Graham's rule, 1969: no share costs more than 4/3 of the best possible division's dearest).
/// </summary>
internal static class TaskShares
{
    /// <summary>The share of every piece. Equal pieces in equal order are divided equally, wherever it is done.</summary>
    /// <param name="costs">What every piece costs, 0 or more.</param>
    /// <param name="shares">Number of shares, at least 1.</param>
    public static int[] Divide(IReadOnlyList<double> costs, int shares)
    {
        int[] shareOf = new int[costs.Count];
        PriorityQueue<int, (double Cost, int Share)> idlest =
            new(Enumerable.Range(0, shares).Select(share => (share, (0.0, share))));
        Dictionary<int, double> load = [];
        foreach (int piece in Enumerable.Range(0, costs.Count).OrderByDescending(i => costs[i]).ThenBy(i => i))
        {
            int share = idlest.Dequeue();
            shareOf[piece] = share;
            load[share] = load.GetValueOrDefault(share) + costs[piece];
            idlest.Enqueue(share, (load[share], share));
        }

        return shareOf;
    }
}
