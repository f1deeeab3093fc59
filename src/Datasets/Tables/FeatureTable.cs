namespace SerLab.Datasets.Tables;

/// <summary>The features of a corpus: clip ids × feature names, float32. Row i belongs to <see cref="ClipIds"/>[i]. Immutable.</summary>
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

    /// <summary>The clips, one per row.</summary>
    public IReadOnlyList<string> ClipIds { get; }

    /// <summary>The features, one per column.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The values, one row per clip.</summary>
    public FeatureMatrix Values { get; }
}
