namespace SerLab.Training.Splitting;

/// <summary>
/// K folds that keep groups whole and hold every class in proportion as well as whole groups allow. Groups, those with the most
/// uneven class counts first, go each to the fold where the shares of the classes then differ least between folds, of equal ones
/// to the smallest (scikit-learn's StratifiedGroupKFold). Unlike there, no fold is ever empty: when as many folds are still empty
/// as groups are left, each takes one. Equal by definition is within a relative 1e-5 or an absolute 1e-8, as there.
/// </summary>
/// <param name="Folds">Number of folds, at least 2.</param>
/// <param name="Seed">Seed that shuffles the order in which equally uneven groups are dealt; none: by group number.</param>
public sealed record StratifiedGroupKFold(int Folds, int? Seed = null) : IShuffledSplitter
{
    /// <inheritdoc/>
    public string Name => "stratified-group-kfold";

    /// <inheritdoc/>
    public string Describe() => Seed is null
        ? $"{Folds} folds of whole groups, balanced by class"
        : $"{Folds} folds of whole groups, balanced by class, groups shuffled with seed {Seed}";

    /// <inheritdoc/>
    public IReadOnlyList<Fold> Split(SplitInput input) => Deal(input, Seed is int seed ? new NumpyRandom(seed) : null);

    /// <inheritdoc/>
    public IReadOnlyList<Fold> Split(SplitInput input, NumpyRandom random) => Deal(input, random);

    private List<Fold> Deal(SplitInput input, NumpyRandom? random)
    {
        SplitMath.CheckFolds(Folds);
        IReadOnlyList<int> givenLabels = input.RequireLabels(Name);
        ClassSizes.RequireAtLeast(Folds, input, givenLabels);
        (int[] labels, int classCount) = SplitMath.NumberAscending(givenLabels);
        (int[] groups, int groupCount) = SplitMath.NumberAscending(input.RequireGroups(Name));
        GroupCounts.RequireAtLeast(Folds, groupCount);

        double[][] groupCounts = [.. Enumerable.Range(0, groupCount).Select(_ => new double[classCount])];
        double[] classTotals = new double[classCount];
        for (int i = 0; i < labels.Length; i++)
        {
            groupCounts[groups[i]][labels[i]]++;
            classTotals[labels[i]]++;
        }

        int[] order = random?.Permutation(groupCount) ?? [.. Enumerable.Range(0, groupCount)];
        int[] sorted = [.. order.OrderByDescending(g => SplitMath.Deviation(groupCounts[g]))];
        double[][] foldCounts = [.. Enumerable.Range(0, Folds).Select(_ => new double[classCount])];
        int[] foldOfGroup = new int[groupCount];
        for (int i = 0; i < groupCount; i++)
        {
            int empty = foldCounts.Count(counts => counts.Sum() == 0);
            int fold = BestFold(foldCounts, classTotals, groupCounts[sorted[i]], emptyOnly: empty == groupCount - i);
            foldOfGroup[sorted[i]] = fold;
            Add(foldCounts[fold], groupCounts[sorted[i]], 1);
        }

        return SplitMath.FromAssignment(Array.ConvertAll(groups, g => foldOfGroup[g]), Folds);
    }

    private static int BestFold(double[][] foldCounts, double[] classTotals, double[] group, bool emptyOnly)
    {
        int best = -1;
        double bestSpread = double.PositiveInfinity;
        double bestSize = double.PositiveInfinity;
        for (int fold = 0; fold < foldCounts.Length; fold++)
        {
            double size = foldCounts[fold].Sum();
            if (emptyOnly && size > 0)
            {
                continue;
            }

            Add(foldCounts[fold], group, 1);
            double spread = Spread(foldCounts, classTotals);
            Add(foldCounts[fold], group, -1);
            bool equal = Math.Abs(spread - bestSpread) <= 1e-8 + (1e-5 * Math.Abs(bestSpread));
            if (spread < bestSpread || (equal && size < bestSize))
            {
                (best, bestSpread, bestSize) = (fold, spread, size);
            }
        }

        return best;
    }

    /// <summary>How far the folds' shares of a class differ (population standard deviation), averaged over classes.</summary>
    private static double Spread(double[][] foldCounts, double[] classTotals)
    {
        double sum = 0;
        Span<double> shares = foldCounts.Length <= 128 ? stackalloc double[foldCounts.Length] : new double[foldCounts.Length];
        for (int c = 0; c < classTotals.Length; c++)
        {
            for (int fold = 0; fold < foldCounts.Length; fold++)
            {
                shares[fold] = foldCounts[fold][c] / classTotals[c];
            }

            sum += SplitMath.Deviation(shares);
        }

        return sum / classTotals.Length;
    }

    private static void Add(double[] counts, double[] group, int sign)
    {
        for (int c = 0; c < counts.Length; c++)
        {
            counts[c] += sign * group[c];
        }
    }
}
