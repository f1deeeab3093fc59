namespace SerLab.Training.Splitting;

/// <summary>
/// The folds of another splitter, each testing the very clips it trains on: the training score that belongs to a test score, of
/// the same model. It says how well a model remembers, not how well it predicts.
/// </summary>
/// <param name="Splitter">Divides the clips.</param>
public sealed record TrainingPart(ISplitter Splitter) : ISplitter
{
    /// <inheritdoc/>
    public string Name => $"{Splitter.Name}-training";

    /// <inheritdoc/>
    public string Describe() => $"{Splitter.Describe()}, tested on the clips that are trained on";

    /// <inheritdoc/>
    public IReadOnlyList<Fold> Split(SplitInput input) =>
        [.. Splitter.Split(input).Select(fold => fold with { Test = fold.Train })];
}
