namespace SerLab.Training.Splitting;

/// <summary>
/// One fold that tests the very clips it trains on. Its score says how well a model remembers, not how well it predicts; it
/// exists to reproduce published figures of that kind, and a protocol made of it is always flagged.
/// </summary>
public sealed record Resubstitution : ISplitter
{
    /// <inheritdoc/>
    public string Name => "training-set";

    /// <inheritdoc/>
    public string Describe() => "tested on the training clips";

    /// <inheritdoc/>
    public IReadOnlyList<Fold> Split(SplitInput input)
    {
        int[] all = [.. Enumerable.Range(0, input.Count)];
        return [new Fold(0, all, all)];
    }
}
