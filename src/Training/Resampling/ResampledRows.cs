using SerLab.Core;

namespace SerLab.Training.Resampling;

/// <summary>What a resampler made of training rows, and from which of them.</summary>
/// <param name="Rows">The rows to learn from.</param>
/// <param name="Labels">One class number per row.</param>
/// <param name="Origins">Where each row comes from.</param>
public sealed record ResampledRows(FeatureMatrix Rows, int[] Labels, IReadOnlyList<RowOrigin> Origins)
{
    /// <summary>The given rows, repeated or left out as the numbers say.</summary>
    internal static ResampledRows Select(FeatureMatrix rows, ReadOnlySpan<int> labels, int[] selected)
    {
        int[] all = labels.ToArray();
        return new ResampledRows(
            rows.Select(selected), Array.ConvertAll(selected, i => all[i]), Array.ConvertAll(selected, RowOrigin.Copy));
    }
}

/// <summary>The training rows that a resampled row was made of, by number.</summary>
/// <param name="Parent">The row that was kept, repeated or moved.</param>
/// <param name="Neighbour">The row it was moved towards; <paramref name="Parent"/> itself where it is unchanged.</param>
public readonly record struct RowOrigin(int Parent, int Neighbour)
{
    /// <summary>Whether the row is made up, not a training row as it was.</summary>
    public bool IsSynthetic => Parent != Neighbour;

    /// <summary>A training row as it was.</summary>
    public static RowOrigin Copy(int row) => new(row, row);
}
