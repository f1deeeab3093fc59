using SerLab.Core;

namespace SerLab.Training.Resampling;

/// <summary>
/// Repeats rows of the rarer classes, drawn at random with replacement, until every class that occurs is as frequent as the most
/// frequent one. All training rows come first, in their order; repeats follow, class by class.
/// </summary>
public sealed class RandomOversampling : IResampler
{
    private const string Key = "oversample";

    /// <inheritdoc/>
    public string Name => Key;

    /// <inheritdoc/>
    public ResampledRows Resample(FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, int seed) =>
        ResampledRows.Select(rows, labels, Select(labels, classCount, seed));

    /// <summary>The numbers of the examples to learn from, of whatever shape these are.</summary>
    internal static int[] Select(ReadOnlySpan<int> labels, int classCount, int seed)
    {
        int[][] rowsOf = ClassRows.Of(labels, classCount);
        int most = rowsOf.Max(members => members.Length);
        List<int> selected = [.. Enumerable.Range(0, labels.Length)];
        for (int c = 0; c < classCount; c++)
        {
            int[] members = rowsOf[c];
            SeededRandom random = new(SeededRandom.Derive(seed, Key, c));
            for (int missing = members.Length == 0 ? 0 : most - members.Length; missing > 0; missing--)
            {
                selected.Add(members[random.NextInt(members.Length)]);
            }
        }

        return [.. selected];
    }
}
