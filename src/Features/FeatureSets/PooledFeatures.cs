using System.Globalization;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// The features that pooling makes of rows of frames: for each group of rows its means, then its standard deviations if wanted.
/// </summary>
internal static class PooledFeatures
{
    /// <summary>
    /// Names such as <c>rms_mean, rms_std, mfcc_mean_1 ..., mfcc_std_1 ...</c>; without deviations <c>rms, mfcc_1 ...</c>.
    /// </summary>
    public static string[] Names(IEnumerable<(string Name, int Count)> groups, bool deviations) =>
        [.. groups.SelectMany(group => deviations
            ? Numbered($"{group.Name}_mean", group.Count).Concat(Numbered($"{group.Name}_std", group.Count))
            : Numbered(group.Name, group.Count))];

    /// <summary>The features of rows, in the order of <see cref="Names"/>.</summary>
    /// <param name="groups">Runs of rows.</param>
    /// <param name="deviations">Whether standard deviations follow the means of each group.</param>
    /// <param name="rows">What is known of every row.</param>
    public static float[] Of(
        IReadOnlyList<(string Name, int Count)> groups, bool deviations, IReadOnlyList<FrameMoments> rows)
    {
        float[] features = new float[deviations ? 2 * rows.Count : rows.Count];
        int row = 0;
        int feature = 0;
        foreach ((_, int count) in groups)
        {
            for (int i = 0; i < count; i++, row++)
            {
                features[feature + i] = rows[row].Mean;
                if (deviations)
                {
                    features[feature + count + i] = rows[row].StandardDeviation;
                }
            }

            feature += deviations ? 2 * count : count;
        }

        return features;
    }

    private static IEnumerable<string> Numbered(string name, int count) =>
        count == 1 ? [name] : Enumerable.Range(1, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{name}_{i}"));
}
