using System.ComponentModel.DataAnnotations;
using SerLab.Training.Learners;

namespace SerLab.Training.Trees;

/// <summary>Options of a random forest; the defaults are scikit-learn's.</summary>
public sealed record RandomForestOptions
{
    /// <summary>Number of trees, at least 1; default 100.</summary>
    [Range(1, 100_000)]
    public int Trees { get; init; } = 100;

    /// <summary>
    /// The longest way from the root to a leaf, at least 1; default none, so that trees grow until leaves are pure.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int? MaxDepth { get; init; }

    /// <summary>The fewest rows of the bootstrap sample in a leaf, repeats counted, at least 1; default 1.</summary>
    [Range(1, int.MaxValue)]
    public int MinLeafRows { get; init; } = 1;

    /// <summary>
    /// The part of the features that each split looks at, chosen anew at random, above 0 to 1. Default none: all features in
    /// regression, the square root of their number in classification.
    /// </summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double? MaxFeatures { get; init; }

    /// <summary>
    /// What rows of each class count, as scikit-learn's <c>class_weight</c>; counted in all
    /// training rows and not anew in each bootstrap sample; default all the same. Of classes only.
    /// </summary>
    public ClassWeights ClassWeights { get; init; } = ClassWeights.None;

    /// <summary>
    /// Threads that grow trees, 1 to 1,024; default 1, because cross-validation already runs folds in parallel. The forest is the
    /// same for any number.
    /// </summary>
    [Range(1, 1024)]
    public int Threads { get; init; } = 1;
}
