using System.ComponentModel.DataAnnotations;
using SerLab.Training.Learners;

namespace SerLab.Training.Trees;

/// <summary>Options of a single decision tree; the defaults are scikit-learn's.</summary>
public sealed record DecisionTreeOptions
{
    /// <summary>
    /// The longest way from the root to a leaf, at least 1; default none, so that the tree grows until leaves are pure.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int? MaxDepth { get; init; }

    /// <summary>The fewest rows in a leaf, at least 1; default 1.</summary>
    [Range(1, int.MaxValue)]
    public int MinLeafRows { get; init; } = 1;

    /// <summary>
    /// The part of the features that each split looks at, chosen anew at random, above 0 to 1 (all, the default). Where none of
    /// them tells the rows apart, others are tried.
    /// </summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double MaxFeatures { get; init; } = 1;

    /// <summary>
    /// What rows of each class count, as scikit-learn's <c>class_weight</c>; default all the same. Of classes only.
    /// </summary>
    public ClassWeights ClassWeights { get; init; } = ClassWeights.None;
}
