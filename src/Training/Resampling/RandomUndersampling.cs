using SerLab.Core;

namespace SerLab.Training.Resampling;

/// <summary>
/// Leaves out rows of the more frequent classes, drawn at random, until every class that occurs is as frequent as the rarest of
/// them. The rows that stay keep their order.
/// </summary>
public sealed class RandomUndersampling : IResampler
{
    /// <inheritdoc/>
    public string Name => "undersample";

    /// <inheritdoc/>
    public ResampledRows Resample(FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, int seed)
    {
        int[][] rowsOf = ClassRows.Of(labels, classCount);
        int fewest = rowsOf.Where(members => members.Length > 0).Min(members => members.Length);
        List<int> selected = [];
        for (int c = 0; c < classCount; c++)
        {
            int[] members = rowsOf[c];
            new SeededRandom(SeededRandom.Derive(seed, Name, c)).Shuffle<int>(members);
            selected.AddRange(members.Take(fewest));
        }

        return ResampledRows.Select(rows, labels, [.. selected.Order()]);
    }
}
