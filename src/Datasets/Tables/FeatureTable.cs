using SerLab.Core;
using SerLab.Features.FeatureSets;

namespace SerLab.Datasets.Tables;

/// <summary>
/// The features of a corpus: clip ids × feature names, float32. Row i belongs to <see cref="ClipIds"/>[i]. Immutable.
/// </summary>
public sealed class FeatureTable
{
    /// <summary>Joins ids, names and values.</summary>
    /// <exception cref="ArgumentException">The matrix does not have one row per id and one column per name.</exception>
    public FeatureTable(IReadOnlyList<string> clipIds, IReadOnlyList<string> featureNames, FeatureMatrix values)
    {
        if (values.Rows != clipIds.Count || values.Columns != featureNames.Count)
        {
            throw new ArgumentException(
                $"{clipIds.Count} clips × {featureNames.Count} features do not fit a {values.Rows} × {values.Columns} matrix.",
                nameof(values));
        }

        ClipIds = clipIds;
        FeatureNames = featureNames;
        Values = values;
    }

    /// <summary>The features of a set as a table.</summary>
    /// <param name="set">What the features are.</param>
    /// <param name="clipIds">The clips.</param>
    /// <param name="examples">Their features, example i for clip i.</param>
    /// <exception cref="InvalidInputException">The set does not give rows of named features.</exception>
    public static FeatureTable Of(FeatureSet set, IReadOnlyList<string> clipIds, Examples examples)
    {
        RequireRows(set);
        return new FeatureTable(clipIds, set.Names, (FeatureMatrix)examples);
    }

    /// <summary>Fails, before any work, where a feature set does not give rows of named features.</summary>
    /// <exception cref="InvalidInputException">It gives examples of another shape.</exception>
    public static void RequireRows(FeatureSet set)
    {
        if (!set.Shape.IsFeatures)
        {
            throw new InvalidInputException(
                $"The feature set '{set.Id}' gives {set.Shape} per clip, which is not a row of a table; "
                + "choose a set of named features, such as meyda74, or have arrays written (.npy).");
        }
    }

    /// <summary>The clips, one per row.</summary>
    public IReadOnlyList<string> ClipIds { get; }

    /// <summary>The features, one per column.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The values, one row per clip.</summary>
    public FeatureMatrix Values { get; }

    /// <summary>A new table of the named features, in the given order.</summary>
    /// <exception cref="InvalidInputException">
    /// This table has no feature of that name; the message offers the nearest.
    /// </exception>
    public FeatureTable SelectFeatures(IReadOnlyList<string> names)
    {
        Dictionary<string, int> positions = new(StringComparer.Ordinal);
        for (int i = 0; i < FeatureNames.Count; i++)
        {
            positions[FeatureNames[i]] = i;
        }

        int[] columns =
        [
            .. names.Select(name => positions.TryGetValue(name, out int column)
                ? column
                : throw NearestName.Unknown("feature", name, FeatureNames)),
        ];
        float[] selected = new float[ClipIds.Count * columns.Length];
        for (int row = 0; row < ClipIds.Count; row++)
        {
            ReadOnlySpan<float> source = Values.Row(row);
            for (int j = 0; j < columns.Length; j++)
            {
                selected[(row * columns.Length) + j] = source[columns[j]];
            }
        }

        return new FeatureTable(ClipIds, names, new FeatureMatrix(selected, ClipIds.Count, columns.Length));
    }
}
