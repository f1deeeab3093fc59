using SerLab.Core;

namespace SerLab.Training.Importance;

/// <summary>
/// Permutation importance (Breiman 2001): features of test examples change places among these examples, so that they are as
/// likely as before but say nothing any more. How much worse a fitted model then answers is what it has in them. Immutable.
/// </summary>
/// <param name="Groups">What is shuffled together: in one example it stays together.</param>
public sealed record FeatureShuffle(IReadOnlyList<FeatureGroup> Groups)
{
    /// <summary>How often each group is shuffled anew.</summary>
    public const int Repeats = 5;

    /// <summary>The examples, shuffled: group after group, each <see cref="Repeats"/> times.</summary>
    /// <param name="examples">The examples of a test part.</param>
    /// <param name="seed">Seed of the orders; each group and repeat has one of its own.</param>
    public IEnumerable<Examples> Of(Examples examples, int seed) =>
        from shuffled in Groups
        from repeat in Enumerable.Range(0, Repeats)
        select Shuffled(examples, shuffled, SeededRandom.Derive(seed, shuffled.Name, repeat));

    private static Examples Shuffled(Examples examples, FeatureGroup group, int seed)
    {
        int[] order = [.. Enumerable.Range(0, examples.Count)];
        new SeededRandom(seed).Shuffle<int>(order);
        float[][] arrays = new float[order.Length][];
        for (int i = 0; i < arrays.Length; i++)
        {
            arrays[i] = examples[i].ToArray();
            ReadOnlySpan<float> other = examples[order[i]];
            foreach (int position in group.Positions)
            {
                arrays[i][position] = other[position];
            }
        }

        return Examples.Of(arrays, examples.Shape);
    }
}
