namespace SerLab.Training.Splitting;

/// <summary>
/// K folds of nearly equal size, the first n mod k one clip larger: contiguous blocks, or blocks of the shuffled clips when a
/// seed is given (scikit-learn's KFold; with a seed exactly its folds for that <c>random_state</c>).
/// </summary>
/// <param name="Folds">Number of folds, at least 2.</param>
/// <param name="Seed">Seed of the shuffle, zero or more; none: the clips stay in their order.</param>
public sealed record KFold(int Folds, int? Seed = null) : IShuffledSplitter
{
    /// <inheritdoc/>
    public string Name => "kfold";

    /// <inheritdoc/>
    public string Describe() => $"{Folds} folds, {SplitMath.DescribeShuffle(Seed)}";

    /// <inheritdoc/>
    public IReadOnlyList<Fold> Split(SplitInput input) =>
        Seed is int seed ? Split(input, new NumpyRandom(seed)) : Blocks(input, [.. Enumerable.Range(0, input.Count)]);

    /// <inheritdoc/>
    public IReadOnlyList<Fold> Split(SplitInput input, NumpyRandom random) => Blocks(input, random.Permutation(input.Count));

    private List<Fold> Blocks(SplitInput input, int[] order)
    {
        SplitMath.CheckFolds(Folds);
        input.RequireFolds(Folds);
        List<Fold> folds = [];
        int start = 0;
        for (int i = 0; i < Folds; i++)
        {
            int size = (input.Count / Folds) + (i < input.Count % Folds ? 1 : 0);
            folds.Add(Fold.Testing(i, order[start..(start + size)], input.Count));
            start += size;
        }

        return folds;
    }
}
