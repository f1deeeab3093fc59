namespace SerLab.Evaluation.Statistics;

/// <summary>
/// Correction of p-values for the number of comparisons (Holm 1979): keeps the chance of any false find at the level.
/// </summary>
public static class Holm
{
    /// <summary>
    /// Adjusted p-values in the order given: the i-th smallest of m times (m − i + 1), made non-decreasing, at most 1. NaN stays
    /// NaN and does not count as a comparison.
    /// </summary>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        int[] order = [.. Enumerable.Range(0, pValues.Count).Where(i => !double.IsNaN(pValues[i])).OrderBy(i => pValues[i])];
        double[] adjusted = new double[pValues.Count];
        Array.Fill(adjusted, double.NaN);
        double floor = 0;
        for (int rank = 0; rank < order.Length; rank++)
        {
            floor = Math.Max(floor, Math.Min(1, (order.Length - rank) * pValues[order[rank]]));
            adjusted[order[rank]] = floor;
        }

        return adjusted;
    }
}
