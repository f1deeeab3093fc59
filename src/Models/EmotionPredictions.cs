using SerLab.Core;

namespace SerLab.Models;

/// <summary>What a model file answers to rows of features, or to clips.</summary>
/// <param name="Values">For each target one number per row; none for a classification.</param>
/// <param name="Labels">The class of each row, or <see langword="null"/> for a regression.</param>
/// <param name="Probabilities">Rows × classes, or <see langword="null"/> for a regression.</param>
public sealed record EmotionPredictions(
    IReadOnlyDictionary<string, float[]> Values, IReadOnlyList<string>? Labels, FeatureMatrix? Probabilities)
{
    /// <summary>
    /// For each target one 90 % interval per row; none where the file holds none, as one that an older SerLab wrote.
    /// </summary>
    public IReadOnlyDictionary<string, RatingInterval[]> Intervals { get; init; } = new Dictionary<string, RatingInterval[]>();

    /// <summary>
    /// The classes among which the true one is in 90 % of cases, for each row, in the order of the classes: the label at least,
    /// none where a feature is not finite. <see langword="null"/> where the file holds no such sets.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>>? Sets { get; init; }

    /// <summary>
    /// How near each row is to what the model learnt from, 0 to 1: the share of unseen clips of its corpus that were stranger.
    /// <see langword="null"/> where the file does not say.
    /// </summary>
    public IReadOnlyList<float>? Familiarity { get; init; }

    /// <summary>The answers of one model to several batches, one after the other.</summary>
    /// <param name="parts">At least one.</param>
    public static EmotionPredictions Join(IReadOnlyList<EmotionPredictions> parts)
    {
        ArgumentOutOfRangeException.ThrowIfZero(parts.Count, nameof(parts));
        EmotionPredictions first = parts[0];
        return new EmotionPredictions(
            Joined(parts, part => part.Values),
            first.Labels is null ? null : [.. parts.SelectMany(part => part.Labels!)],
            first.Probabilities is not { } probabilities
                ? null
                : new FeatureMatrix(
                    parts.SelectMany(part => part.Probabilities!.Values.ToArray()).ToArray(),
                    parts.Sum(part => part.Probabilities!.Rows),
                    probabilities.Columns))
        {
            Intervals = Joined(parts, part => part.Intervals),
            Sets = first.Sets is null ? null : [.. parts.SelectMany(part => part.Sets!)],
            Familiarity = first.Familiarity is null ? null : [.. parts.SelectMany(part => part.Familiarity!)],
        };
    }

    private static Dictionary<string, T[]> Joined<T>(
        IReadOnlyList<EmotionPredictions> parts, Func<EmotionPredictions, IReadOnlyDictionary<string, T[]>> of) =>
        of(parts[0]).Keys.ToDictionary(target => target, target => parts.SelectMany(part => of(part)[target]).ToArray());
}

/// <summary>Between which ratings the true one lies in 90 % of cases.</summary>
/// <param name="Low">The lowest.</param>
/// <param name="High">The highest.</param>
public readonly record struct RatingInterval(float Low, float High);
