namespace SerLab.Core;

/// <summary>Finds the name a user probably meant: the one at the smallest edit distance.</summary>
public static class NearestName
{
    /// <summary>
    /// The candidate nearest to <paramref name="name"/> by Levenshtein distance, ignoring case, or <see langword="null"/> when
    /// none is near (more than half of the longer name would have to change).
    /// </summary>
    /// <param name="name">What was typed.</param>
    /// <param name="candidates">The names that exist.</param>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        int bestDistance = int.MaxValue;
        foreach (string candidate in candidates)
        {
            int distance = Distance(name, candidate);
            if (distance < bestDistance && 2 * distance <= Math.Max(name.Length, candidate.Length))
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>
    /// An error for a name that does not exist: it repeats the name, offers the nearest one and lists all.
    /// </summary>
    /// <param name="what">What kind of thing was named, e.g. "feature set".</param>
    /// <param name="name">What was typed.</param>
    /// <param name="candidates">The names that exist.</param>
    public static UnknownNameException Unknown(string what, string name, IEnumerable<string> candidates)
    {
        string[] known = [.. candidates];
        string? nearest = Of(name, known);
        string hint = nearest is null ? "" : $" Did you mean '{nearest}'?";
        return new UnknownNameException($"There is no {what} '{name}'.{hint} Known: {string.Join(", ", known)}.") { Name = name };
    }

    private static int Distance(string first, string second)
    {
        int[] row = [.. Enumerable.Range(0, second.Length + 1)];
        for (int i = 1; i <= first.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= second.Length; j++)
            {
                int substitution = char.ToUpperInvariant(first[i - 1]) == char.ToUpperInvariant(second[j - 1]) ? 0 : 1;
                int cost = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + substitution);
                diagonal = row[j];
                row[j] = cost;
            }
        }

        return row[^1];
    }
}
