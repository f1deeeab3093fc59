namespace SerLab.Evaluation.Figures;

/// <summary>
/// The parts in which whole groups are left out in turn, where what is calibrated on the others is measured on them.
/// </summary>
internal static class GroupParts
{
    // More groups than this are left out several at a time: calibrating once per clip would tell no more.
    private const int Most = 50;

    /// <summary>The positions of every part.</summary>
    /// <param name="groups">The group of every prediction.</param>
    public static IEnumerable<int[]> Of(int[] groups)
    {
        int[] present = [.. groups.Distinct().Order()];
        return Enumerable.Range(0, groups.Length)
            .GroupBy(i => Array.BinarySearch(present, groups[i]) % Most).Select(part => part.ToArray());
    }

    /// <summary>The positions of all others.</summary>
    public static int[] Rest(int count, int[] part) => [.. Enumerable.Range(0, count).Except(part)];
}
