namespace SerLab.Training.Metrics;

/// <summary>Predictions with the truth beside them, position by position.</summary>
/// <param name="Truth">What is so: ratings, or class numbers.</param>
/// <param name="Predicted">What was predicted: ratings, or class numbers.</param>
/// <param name="Probabilities">Row-major, one row of class probabilities per prediction; empty for ratings.</param>
public sealed record PredictionSet(double[] Truth, double[] Predicted, double[] Probabilities)
{
    /// <summary>Number of predictions.</summary>
    public int Count => Truth.Length;

    /// <summary>Some of the predictions, in the given order.</summary>
    /// <param name="positions">Which, each from 0 to below <see cref="Count"/>.</param>
    public PredictionSet Select(IReadOnlyList<int> positions)
    {
        int classes = Count == 0 ? 0 : Probabilities.Length / Count;
        return new PredictionSet(
            [.. positions.Select(i => Truth[i])],
            [.. positions.Select(i => Predicted[i])],
            [.. positions.SelectMany(i => Probabilities[(i * classes)..((i + 1) * classes)])]);
    }

    /// <summary>Several sets as one, in order.</summary>
    public static PredictionSet Join(IReadOnlyList<PredictionSet> sets) =>
        new(
            [.. sets.SelectMany(s => s.Truth)],
            [.. sets.SelectMany(s => s.Predicted)],
            [.. sets.SelectMany(s => s.Probabilities)]);
}
