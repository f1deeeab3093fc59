using SerLab.Core;

namespace SerLab.Training.Splitting;

/// <summary>
/// K folds that keep groups whole and sizes balanced: the groups, largest first (of equal ones the later first), go each to the
/// fold that is lightest so far (scikit-learn's GroupKFold with a stable sort).
/// </summary>
/// <param name="Folds">Number of folds, at least 2.</param>
public sealed record GroupKFold(int Folds) : ISplitter
{
    /// <inheritdoc/>
    public string Name => "group-kfold";

    /// <inheritdoc/>
    public string Describe() => $"{Folds} folds of whole groups, balanced in size";

    /// <inheritdoc/>
    public IReadOnlyList<Fold> Split(SplitInput input)
    {
        SplitMath.CheckFolds(Folds);
        (int[] groups, int count) = SplitMath.NumberAscending(input.RequireGroups(Name));
        GroupCounts.RequireAtLeast(Folds, count);

        int[] sizes = new int[count];
        foreach (int group in groups)
        {
            sizes[group]++;
        }

        int[] foldOfGroup = new int[count];
        int[] load = new int[Folds];
        foreach (int group in Enumerable.Range(0, count).OrderBy(g => sizes[g]).Reverse())
        {
            int lightest = Array.IndexOf(load, load.Min());
            foldOfGroup[group] = lightest;
            load[lightest] += sizes[group];
        }

        return SplitMath.FromAssignment(Array.ConvertAll(groups, g => foldOfGroup[g]), Folds);
    }
}

/// <summary>The check that there are groups enough for the folds.</summary>
internal static class GroupCounts
{
    public static void RequireAtLeast(int folds, int groups)
    {
        if (groups < folds)
        {
            throw new InvalidInputException(
                $"{folds} folds of whole groups need at least {folds} groups, but the clips form {groups}; "
                + (groups < 2 ? "divide them by clips, or name another group." : "ask for fewer folds."));
        }
    }
}
