using SerLab.Training.Learners;
using SerLab.Training.Metrics;

namespace SerLab.Training.Conformal;

/// <summary>What turns a prediction into an answer that is right most of the time: an interval, or a set of classes.</summary>
public interface IConformalRule
{
    /// <summary>
    /// Whether there were enough groups to promise how often it holds; else it is as wide as the largest error that was seen.
    /// </summary>
    bool IsReached { get; }

    /// <summary>Whether the answer to one of some predictions holds the truth.</summary>
    bool Covers(PredictionSet predictions, int position);

    /// <summary>Width of the interval, or number of classes in the set.</summary>
    double WidthAt(PredictionSet predictions, int position);
}

/// <summary>Calibrates rules.</summary>
public static class ConformalRule
{
    /// <summary>How often answers shall hold the truth.</summary>
    public const double Level = 0.9;

    /// <summary>
    /// Calibrates the rule that fits a target; none for reconstructions, whose truth is known, and where a prediction is not
    /// finite or there is none.
    /// </summary>
    /// <param name="target">What is predicted.</param>
    /// <param name="predictions">Predictions for clips that their models had not seen.</param>
    /// <param name="groups">The group of each.</param>
    public static IConformalRule? Of(Target target, PredictionSet predictions, ReadOnlySpan<int> groups) =>
        predictions.Count == 0 || target.IsReconstruction || !predictions.Predicted.All(double.IsFinite) ? null
        : target.IsRating ? IntervalRule.Of(predictions, groups)
        : predictions.Probabilities.Length > 0 ? SetRule.Of(predictions, groups)
        : null;
}
