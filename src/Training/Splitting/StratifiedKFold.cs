using SerLab.Core;

namespace SerLab.Training.Splitting;

/// <summary>
/// K folds that hold every class in nearly the same number: a class's clips are dealt over the folds so that fold and class
/// counts differ by at most one (scikit-learn's StratifiedKFold; with a seed exactly its folds for that <c>random_state</c>).
/// Unlike there, a class with fewer clips than folds is an error, not a warning.
/// </summary>
/// <param name="Folds">Number of folds, at least 2.</param>
/// <param name="Seed">Seed of the shuffle within each class, zero or more; none: the clips stay in their order.</param>
public sealed record StratifiedKFold(int Folds, int? Seed = null) : IShuffledSplitter
{
    /// <inheritdoc/>
    public string Name => "stratified-kfold";

    /// <inheritdoc/>
    public string Describe() => $"{Folds} folds stratified by class, {SplitMath.DescribeShuffle(Seed)}";

    /// <inheritdoc/>
    public IReadOnlyList<Fold> Split(SplitInput input) => Deal(input, Seed is int seed ? new NumpyRandom(seed) : null);

    /// <inheritdoc/>
    public IReadOnlyList<Fold> Split(SplitInput input, NumpyRandom random) => Deal(input, random);

    private List<Fold> Deal(SplitInput input, NumpyRandom? random)
    {
        SplitMath.CheckFolds(Folds);
        input.RequireFolds(Folds);
        IReadOnlyList<int> labels = input.RequireLabels(Name);
        ClassSizes.RequireAtLeast(Folds, input, labels);

        // Classes count in the order of their first clip, and the sorted sequence of classes is dealt round robin: that decides
        // how many clips of a class each fold tests, and which folds take the odd ones.
        int[] classes = [.. labels.Distinct()];
        int[] foldOf = new int[labels.Count];
        int dealt = 0;
        foreach (int label in classes)
        {
            int[] members = [.. Enumerable.Range(0, labels.Count).Where(i => labels[i] == label)];
            int[] counts = new int[Folds];
            for (int i = 0; i < members.Length; i++)
            {
                counts[dealt++ % Folds]++;
            }

            int[] folds = [.. Enumerable.Range(0, Folds).SelectMany(fold => Enumerable.Repeat(fold, counts[fold]))];
            random?.Shuffle<int>(folds);
            for (int i = 0; i < members.Length; i++)
            {
                foldOf[members[i]] = folds[i];
            }
        }

        return SplitMath.FromAssignment(foldOf, Folds);
    }
}

/// <summary>The check that every class can be in every fold.</summary>
internal static class ClassSizes
{
    public static void RequireAtLeast(int folds, SplitInput input, IReadOnlyList<int> labels)
    {
        foreach (IGrouping<int, int> members in labels.GroupBy(label => label).OrderBy(members => members.Key))
        {
            if (members.Count() < folds)
            {
                throw new InvalidInputException(
                    $"Class {input.NameOfLabel(members.Key)} has {members.Count()} clips, fewer than the {folds} folds that are "
                    + "stratified by class; ask for fewer folds or leave that class out.");
            }
        }
    }
}
