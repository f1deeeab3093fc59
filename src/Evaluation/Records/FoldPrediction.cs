using SerLab.Training.Metrics;

namespace SerLab.Evaluation.Records;

/// <summary>What one model, fitted on the training part of one fold, predicted for the test part.</summary>
/// <param name="Task">Protocol, target, model and fold.</param>
/// <param name="Clips">The test clips, as indices into the corpus.</param>
/// <param name="Predictions">Truth and prediction, one per test clip.</param>
public sealed record FoldPrediction(FoldTask Task, int[] Clips, PredictionSet Predictions)
{
    /// <summary>The predictions of some clips, in order.</summary>
    /// <param name="clips">Which, as indices into the corpus.</param>
    public PredictionSet OnClips(IReadOnlySet<int> clips) =>
        Predictions.Select([.. Enumerable.Range(0, Clips.Length).Where(i => clips.Contains(Clips[i]))]);
}
