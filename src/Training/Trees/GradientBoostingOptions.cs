using System.ComponentModel.DataAnnotations;
using SerLab.Training.Learners;

namespace SerLab.Training.Trees;

/// <summary>Options of gradient-boosted trees; the defaults are scikit-learn's.</summary>
public sealed record GradientBoostingOptions
{
    /// <summary>Number of rounds, each of which adds a tree (in classification one per class), at least 1; default 100.</summary>
    [Range(1, 100_000)]
    public int Rounds { get; init; } = 100;

    /// <summary>How much of each tree is added, above 0 to 1; default 0.1.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 0.1;

    /// <summary>The longest way from the root of a tree to a leaf, 1 to 64; default 3.</summary>
    [Range(1, 64)]
    public int MaxDepth { get; init; } = 3;

    /// <summary>The fewest rows in a leaf, at least 1; default 1.</summary>
    [Range(1, int.MaxValue)]
    public int MinLeafRows { get; init; } = 1;

    /// <summary>
    /// The part of the features that each split looks at, chosen anew at random, above 0 to 1 (all, the default). Less makes
    /// trees differ more and a fit faster.
    /// </summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double MaxFeatures { get; init; } = 1;

    /// <summary>
    /// What rows of each class count, as scikit-learn's <c>sample_weight</c> of such rows; default all the same. Of classes only,
    /// and only where a leaf may hold a single row.
    /// </summary>
    public ClassWeights ClassWeights { get; init; } = ClassWeights.None;
}
