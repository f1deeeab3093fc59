namespace SerLab.Training.Metrics;

/// <summary>Predictions with the truth beside them, position by position.</summary>
/// <param name="Truth">What is so: ratings, or class numbers.</param>
/// <param name="Predicted">What was predicted: ratings, or class numbers.</param>
/// <param name="Probabilities">Row-major, one row of class probabilities per prediction; empty for ratings.</param>
public sealed record PredictionSet(double[] Truth, double[] Predicted, double[] Probabilities)
{
    /// <summary>Number of predictions.</summary>
    public int Count => Truth.Length;

    /// <summary>Several sets as one, in order.</summary>
    public static PredictionSet Join(IReadOnlyList<PredictionSet> sets) =>
        new(
            [.. sets.SelectMany(s => s.Truth)],
            [.. sets.SelectMany(s => s.Predicted)],
            [.. sets.SelectMany(s => s.Probabilities)]);
}
