using SerLab.Core;

namespace SerLab.Models;

/// <summary>What a model file answers to rows of features, or to clips.</summary>
/// <param name="Values">For each target one number per row; none for a classification.</param>
/// <param name="Labels">The class of each row, or <see langword="null"/> for a regression.</param>
/// <param name="Probabilities">Rows × classes, or <see langword="null"/> for a regression.</param>
public sealed record EmotionPredictions(
    IReadOnlyDictionary<string, float[]> Values, IReadOnlyList<string>? Labels, FeatureMatrix? Probabilities)
{
    /// <summary>The answers of one model to several batches, one after the other.</summary>
    /// <param name="parts">At least one.</param>
    public static EmotionPredictions Join(IReadOnlyList<EmotionPredictions> parts)
    {
        ArgumentOutOfRangeException.ThrowIfZero(parts.Count, nameof(parts));
        EmotionPredictions first = parts[0];
        return new EmotionPredictions(
            first.Values.Keys.ToDictionary(target => target, target => parts.SelectMany(part => part.Values[target]).ToArray()),
            first.Labels is null ? null : [.. parts.SelectMany(part => part.Labels!)],
            first.Probabilities is not { } probabilities
                ? null
                : new FeatureMatrix(
                    parts.SelectMany(part => part.Probabilities!.Values.ToArray()).ToArray(),
                    parts.Sum(part => part.Probabilities!.Rows),
                    probabilities.Columns));
    }
}
