using System.Buffers;
using System.Globalization;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// The features that pooling makes of rows of frames: for each group of rows its means, then its standard deviations if wanted.
/// </summary>
internal static class PooledFeatures
{
    /// <summary>Fills rows of frames, one row after the other, each <c>stride</c> values long.</summary>
    public delegate void FillRows(Span<float> rows, int stride);

    /// <summary>
    /// Names such as <c>rms_mean, rms_std, mfcc_mean_1 ..., mfcc_std_1 ...</c>; without deviations <c>rms, mfcc_1 ...</c>.
    /// </summary>
    public static string[] Names(IEnumerable<(string Name, int Count)> groups, bool deviations) =>
        [.. groups.SelectMany(group => deviations
            ? Numbered($"{group.Name}_mean", group.Count).Concat(Numbered($"{group.Name}_std", group.Count))
            : Numbered(group.Name, group.Count))];

    /// <summary>Computes the rows in rented memory and pools them, in the order of <see cref="Names"/>.</summary>
    /// <param name="groups">Runs of rows.</param>
    /// <param name="deviations">Whether standard deviations follow the means of each group.</param>
    /// <param name="frames">How many frames.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="fill">Computes the rows.</param>
    public static float[] Pool(
        IReadOnlyList<(string Name, int Count)> groups, bool deviations, int frames, int stride, FillRows fill)
    {
        int rowCount = groups.Sum(group => group.Count);
        float[] rented = ArrayPool<float>.Shared.Rent(rowCount * stride);
        fill(rented.AsSpan(0, rowCount * stride), stride);
        float[] features = new float[deviations ? 2 * rowCount : rowCount];
        int row = 0;
        int feature = 0;
        foreach ((_, int count) in groups)
        {
            for (int i = 0; i < count; i++, row++)
            {
                (float mean, float deviation) = FramePooling.Pool(rented.AsSpan(row * stride, frames));
                features[feature + i] = mean;
                if (deviations)
                {
                    features[feature + count + i] = deviation;
                }
            }

            feature += deviations ? 2 * count : count;
        }

        ArrayPool<float>.Shared.Return(rented);
        return features;
    }

    private static IEnumerable<string> Numbered(string name, int count) =>
        count == 1 ? [name] : Enumerable.Range(1, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{name}_{i}"));
}
