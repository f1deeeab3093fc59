namespace SerLab.Training.Splitting;

/// <summary>Folds that someone has published: every clip's fold is given (scikit-learn's PredefinedSplit).</summary>
/// <param name="Label">What the folds are called, e.g. <c>emobox</c>.</param>
/// <param name="FoldOf">The fold that tests each clip, 0 … number of folds − 1, each used at least once.</param>
public sealed record FixedFolds(string Label, IReadOnlyList<int> FoldOf) : ISplitter
{
    /// <inheritdoc/>
    public string Name => Label;

    /// <inheritdoc/>
    public string Describe() => $"{FoldOf.Distinct().Count()} fixed folds ({Label})";

    /// <inheritdoc/>
    public IReadOnlyList<Fold> Split(SplitInput input)
    {
        if (FoldOf.Count != input.Count)
        {
            throw new ArgumentException($"Fixed folds for {FoldOf.Count} clips do not fit {input.Count}.", nameof(input));
        }

        int folds = FoldOf.Max() + 1;
        return FoldOf.Min() >= 0 && FoldOf.Distinct().Count() == folds
            ? SplitMath.FromAssignment([.. FoldOf], folds)
            : throw new ArgumentException($"Fixed folds must use every number from 0 to {folds - 1}.", nameof(input));
    }
}
