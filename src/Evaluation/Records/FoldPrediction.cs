using SerLab.Training.Metrics;

namespace SerLab.Evaluation.Records;

/// <summary>What one model, fitted on the training part of one fold, predicted for the test part.</summary>
/// <param name="Task">Protocol, target, model and fold.</param>
/// <param name="Clips">The test clips, as indices into the corpus.</param>
/// <param name="Predictions">Truth and prediction, one per test clip.</param>
public sealed record FoldPrediction(FoldTask Task, int[] Clips, PredictionSet Predictions);
