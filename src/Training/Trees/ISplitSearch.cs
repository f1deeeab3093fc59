using SerLab.Core;

namespace SerLab.Training.Trees;

/// <summary>A split of a node: rows whose bin of the feature is at most the given one go left.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Bin">The highest bin that goes left.</param>
internal readonly record struct Split(int Feature, int Bin);

/// <summary>
/// What tells a regression tree from a classification tree: how good a split is and what a leaf answers. It may keep statistics
/// of a node, known by a handle, from which those of its children follow.
/// </summary>
internal interface ISplitSearch
{
    /// <summary>The handle of a node without statistics.</summary>
    const int NoStatistics = -1;

    /// <summary>Numbers per leaf.</summary>
    int OutputCount { get; }

    /// <summary>Whether all rows have one target, so that a split gains nothing.</summary>
    bool IsPure(ReadOnlySpan<int> rows);

    /// <summary>The best split, or none where no feature tells the rows apart. May create the statistics of the node.</summary>
    Split? Find(ReadOnlySpan<int> rows, ref int statistics, SeededRandom random);

    /// <summary>Turns the statistics of a node into those of its children, where they will be of use.</summary>
    (int Left, int Right) Inherit(int statistics, ReadOnlySpan<int> left, ReadOnlySpan<int> right);

    /// <summary>Gives up the statistics of a node.</summary>
    void Release(int statistics);

    /// <summary>Writes what a leaf of these rows answers.</summary>
    void WriteLeaf(ReadOnlySpan<int> rows, Span<double> values);
}
