using SerLab.Core;
using SerLab.Training.Learners;
using SerLab.Training.Splitting;

namespace SerLab.Training.Folds;

/// <summary>
/// The folds within training examples by which a search chooses and a stacking learns whom to believe: as strict as the folds
/// around them. Groups are kept whole where there are groups; else classes are spread evenly.
/// </summary>
public static class InnerFolds
{
    /// <summary>Divides training examples; fewer folds than asked for where there are fewer examples or groups.</summary>
    /// <param name="set">The training examples, with their groups where those must not be torn apart.</param>
    /// <param name="folds">How many folds are wanted, at least 2.</param>
    /// <param name="seed">Seed of the order in which examples or groups are dealt.</param>
    /// <returns>The folds; a single one where there is a single example.</returns>
    public static IReadOnlyList<Fold> Of(TrainingSet set, int folds, int seed)
    {
        SeededRandom random = new(SeededRandom.Derive(seed, "inner folds"));
        (int[] foldOf, int count) = Grouped(set)
            ? DealGroups(set.Groups.ToArray(), folds, random)
            : DealRows(set.Target.IsRating ? new int[set.Count] : set.Labels, folds, random);
        return [.. Enumerable.Range(0, count).Select(fold =>
            Fold.Testing(fold, Enumerable.Range(0, foldOf.Length).Where(i => foldOf[i] == fold), foldOf.Length))];
    }

    /// <summary>How <see cref="Of"/> divides, in words.</summary>
    /// <param name="set">The training examples.</param>
    /// <param name="folds">The folds it gave.</param>
    public static string Describe(TrainingSet set, IReadOnlyList<Fold> folds) =>
        $"{folds.Count} inner folds{(Grouped(set) ? " of whole groups" : set.Target.IsRating ? "" : ", stratified")}, dealt at "
        + $"random";

    // One group cannot be divided whole, so its examples are.
    private static bool Grouped(TrainingSet set) => !set.Groups.IsEmpty && set.Groups.IndexOfAnyExcept(set.Groups[0]) >= 0;

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
