namespace SerLab.Training.Splitting;

/// <summary>
/// Repeats a shuffled splitter with one running stream of random numbers, so that every repeat shuffles anew (scikit-learn's
/// RepeatedKFold and RepeatedStratifiedKFold, exactly their folds for that <c>random_state</c>).
/// </summary>
/// <param name="Inner">What is repeated; a seed of its own is not used.</param>
/// <param name="Repeats">Number of repeats, at least 1.</param>
/// <param name="Seed">Seed of the whole, zero or more.</param>
public sealed record Repeated(IShuffledSplitter Inner, int Repeats, int Seed) : ISplitter
{
    /// <inheritdoc/>
    public string Name => $"repeated-{Inner.Name}";

    /// <inheritdoc/>
    public string Describe() => $"{Repeats} repeats from seed {Seed} of: {Inner.Describe()}";

    /// <inheritdoc/>
    public IReadOnlyList<Fold> Split(SplitInput input)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Repeats);
        NumpyRandom random = new(Seed);
        List<Fold> folds = [];
        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            foreach (Fold fold in Inner.Split(input, random))
            {
                folds.Add(fold with { Index = folds.Count, Repeat = repeat });
            }
        }

        return folds;
    }
}
