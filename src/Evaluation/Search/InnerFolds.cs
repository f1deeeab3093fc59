using SerLab.Core;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Search;

/// <summary>The folds inside a fold by which a search chooses: as strict as the folds around them.</summary>
internal static class InnerFolds
{
    /// <summary>
    /// Divides training rows: whole groups where there are groups, else shuffled; stratified by class where there are classes. There are
    /// fewer folds than asked for where there are fewer groups, or fewer rows of a class, but never fewer than two.
    /// </summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="labels">The class of every row, or none for ratings.</param>
    /// <param name="groups">The group of every row; empty where none may not cross.</param>
    /// <param name="folds">How many folds are wanted.</param>
    /// <param name="seed">Seed of the shuffle.</param>
    /// <exception cref="InvalidInputException">The rows cannot be divided in two.</exception>
    public static (IReadOnlyList<Fold> Folds, string Description) Split(int count, int[]? labels, int[] groups, int folds, int seed)
    {
        int most = Math.Min(folds, count);
        if (groups.Length > 0)
        {
            most = Math.Min(most, groups.Distinct().Count());
        }

        if (labels is not null)
        {
            most = Math.Min(most, labels.GroupBy(label => label).Min(members => members.Count()));
        }

        most = Math.Max(2, most);
        ISplitter splitter = (groups.Length > 0, labels is not null) switch
        {
            (true, true) => new StratifiedGroupKFold(most),
            (true, false) => new GroupKFold(most),
            (false, true) => new StratifiedKFold(most, seed),
            (false, false) => new KFold(most, seed),
        };
        IReadOnlyList<Fold> split = splitter.Split(new SplitInput(count) { Labels = labels, Groups = groups.Length > 0 ? groups : null });
        if (groups.Length > 0)
        {
            GroupGuard.Check(split, groups, group => $"{group}");
        }

        return (split, splitter.Describe());
    }
}
