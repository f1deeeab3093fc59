using SerLab.Core;

namespace SerLab.Training.Splitting;

/// <summary>
/// One random division: some clips are tested, the rest is trained on. Without classes the first clips of a shuffle are tested;
/// stratified, each class is tested in proportion to its clips (largest remainders, ties to the earlier class).
/// </summary>
/// <param name="Size">How many clips are tested and whether by class.</param>
/// <param name="Seed">Seed of the shuffle, zero or more.</param>
public sealed record HoldOut(HoldOutSize Size, int Seed = 0) : ISplitter
{
    /// <inheritdoc/>
    public string Name => "holdout";

    /// <inheritdoc/>
    public string Describe() =>
        $"one division that tests {Size.TestClips} clips{(Size.Stratified ? ", stratified by class," : "")} shuffled with seed "
        + $"{Seed}";

    /// <inheritdoc/>
    public IReadOnlyList<Fold> Split(SplitInput input)
    {
        if (Size.TestClips < 1 || Size.TestClips >= input.Count)
        {
            throw new InvalidInputException(
                $"{Size.TestClips} clips cannot be held out of {input.Count}: at least one must be tested and one trained on.");
        }

        int[] shuffled = new NumpyRandom(Seed).Permutation(input.Count);
        int[] test = Size.Stratified ? ByClass(shuffled, input.RequireLabels(Name)) : shuffled[..Size.TestClips];
        return [Fold.Testing(0, test, input.Count)];
    }

    private int[] ByClass(int[] shuffled, IReadOnlyList<int> labels)
    {
        (int Class, int Clips)[] classes = [.. labels.CountBy(label => label).OrderBy(c => c.Key).Select(c => (c.Key, c.Value))];
        Dictionary<int, int> quota = classes
            .ToDictionary(c => c.Class, c => (int)((long)c.Clips * Size.TestClips / labels.Count));
        IEnumerable<int> byRemainder = classes
            .OrderByDescending(c => (long)c.Clips * Size.TestClips % labels.Count)
            .Select(c => c.Class);
        foreach (int odd in byRemainder.Take(Size.TestClips - quota.Values.Sum()))
        {
            quota[odd]++;
        }

        return [.. shuffled.Where(clip => quota[labels[clip]]-- > 0)];
    }
}
