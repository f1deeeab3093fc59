using SerLab.Core;

namespace SerLab.Training.Ensembles;

/// <summary>
/// Deals training rows over the folds in which a stacking's members predict rows they did not learn from. These folds judge nothing;
/// they only have to keep groups whole where there are groups, and else classes even.
/// </summary>
internal static class InnerFolds
{
    /// <summary>The fold of every row, 0 … count − 1, and their count: fewer than asked for where there are fewer rows or groups.</summary>
    /// <param name="strata">The class of every row, or 0 for all.</param>
    /// <param name="groups">The group of every row; rows are divided freely where there is none, or only one.</param>
    /// <param name="folds">How many folds are wanted.</param>
    /// <param name="seed">Seed of the order in which rows or groups are dealt.</param>
    public static (int[] FoldOf, int Count) Deal(ReadOnlySpan<int> strata, ReadOnlySpan<int> groups, int folds, int seed)
    {
        SeededRandom random = new(SeededRandom.Derive(seed, "inner folds"));
        return groups.IndexOfAnyExcept(groups.IsEmpty ? 0 : groups[0]) < 0
            ? DealRows(strata.ToArray(), folds, random)
            : DealGroups(groups.ToArray(), folds, random);
    }

    /// <summary>Shuffled rows, class after class, round robin: a class's rows per fold differ by one at most.</summary>
    private static (int[] FoldOf, int Count) DealRows(int[] strata, int folds, SeededRandom random)
    {
        int count = Math.Min(folds, strata.Length);
        int[] order = [.. Enumerable.Range(0, strata.Length)];
        random.Shuffle<int>(order);
        int[] foldOf = new int[strata.Length];
        int dealt = 0;
        foreach (int row in order.OrderBy(row => strata[row]))
        {
            foldOf[row] = dealt++ % count;
        }

        return (foldOf, count);
    }

    /// <summary>Whole groups, the largest first, equally large ones shuffled, each to the fold with fewest rows.</summary>
    private static (int[] FoldOf, int Count) DealGroups(int[] groups, int folds, SeededRandom random)
    {
        int[][] rowsOf = [.. Enumerable.Range(0, groups.Length).GroupBy(row => groups[row]).Select(rows => rows.ToArray())];
        int count = Math.Min(folds, rowsOf.Length);
        random.Shuffle<int[]>(rowsOf);
        int[] foldOf = new int[groups.Length];
        int[] sizes = new int[count];
        foreach (int[] rows in rowsOf.OrderByDescending(rows => rows.Length))
        {
            int fold = Array.IndexOf(sizes, sizes.Min());
            sizes[fold] += rows.Length;
            foreach (int row in rows)
            {
                foldOf[row] = fold;
            }
        }

        return (foldOf, count);
    }
}
