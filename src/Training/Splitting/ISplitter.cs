using SerLab.Core;

namespace SerLab.Training.Splitting;

/// <summary>A rule that divides clips into folds. Immutable; the same input gives the same folds.</summary>
public interface ISplitter
{
    /// <summary>Short name, e.g. <c>kfold</c>.</summary>
    string Name { get; }

    /// <summary>
    /// The rule with its parameters in words, e.g. "10 folds, shuffled with seed 0"; equal exactly when the rule is.
    /// </summary>
    string Describe();

    /// <summary>Divides the clips.</summary>
    /// <exception cref="InvalidInputException">
    /// The clips cannot be divided so: fewer clips, groups or clips of a class than folds, or groups that are needed and missing.
    /// </exception>
    IReadOnlyList<Fold> Split(SplitInput input);
}

/// <summary>A splitter that shuffles, so that it can be repeated with one stream of random numbers.</summary>
public interface IShuffledSplitter : ISplitter
{
    /// <summary>
    /// Divides the clips with random numbers taken from <paramref name="random"/> instead of a seed of its own.
    /// </summary>
    IReadOnlyList<Fold> Split(SplitInput input, NumpyRandom random);
}
