namespace SerLab.Training.Neural;

/// <summary>Counts epochs without improvement, as scikit-learn's multilayer perceptrons do.</summary>
internal sealed class StallCounter(StoppingRule rule)
{
    private double best = double.NegativeInfinity;
    private int stalled;

    /// <summary>Whether patience is exhausted.</summary>
    public bool IsStalled => stalled > rule.Patience;

    /// <summary>Records the score of an epoch, higher being better; true if it is the best so far.</summary>
    public bool Record(double score)
    {
        stalled = score < best + rule.Tolerance ? stalled + 1 : 0;
        bool isBest = score > best;
        best = Math.Max(best, score);
        return isBest;
    }

    /// <summary>Starts counting anew; the best score remains the mark.</summary>
    public void Restart() => stalled = 0;
}
