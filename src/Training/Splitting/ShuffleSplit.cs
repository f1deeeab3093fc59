using SerLab.Core;

namespace SerLab.Training.Splitting;

/// <summary>
/// Independent random divisions: each tests the first ⌈share · n⌉ clips of a new shuffle and trains on the rest (scikit-learn's
/// ShuffleSplit, exactly its divisions for that <c>random_state</c>). Each division is a repeat of its own; a clip may be tested
/// in several or in none.
/// </summary>
/// <param name="Splits">Number of divisions, at least 1.</param>
/// <param name="TestShare">Share of the clips to test, between 0 and 1, neither included.</param>
/// <param name="Seed">Seed of the shuffles, zero or more.</param>
public sealed record ShuffleSplit(int Splits, double TestShare = 0.1, int Seed = 0) : ISplitter
{
    /// <inheritdoc/>
    public string Name => "shuffle-split";

    /// <inheritdoc/>
    public string Describe() => FormattableString.Invariant(
        $"{Splits} random divisions that test {100 * TestShare:0.##} %, shuffled with seed {Seed}");

    /// <inheritdoc/>
    public IReadOnlyList<Fold> Split(SplitInput input)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Splits);
        if (TestShare is not (> 0 and < 1))
        {
            throw new InvalidInputException($"The share of test clips is {TestShare}; it must lie between 0 and 1.");
        }

        int testCount = (int)Math.Ceiling(TestShare * input.Count);
        if (testCount >= input.Count)
        {
            throw new InvalidInputException($"A test share of {TestShare} leaves none of {input.Count} clips to train on.");
        }

        NumpyRandom random = new(Seed);
        return
        [
            .. Enumerable.Range(0, Splits).Select(
                i => Fold.Testing(i, random.Permutation(input.Count)[..testCount], input.Count, repeat: i)),
        ];
    }
}
