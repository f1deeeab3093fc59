using System.Globalization;

namespace SerLab.Models;

/// <summary>What a model hears in one clip.</summary>
/// <param name="Values">The predicted ratings, by name; none where the model only tells classes apart.</param>
/// <param name="Label">The class, or <see langword="null"/> where the model only predicts ratings.</param>
/// <param name="Probabilities">The probability of every class, by name; none where the model only predicts ratings.</param>
public sealed record Emotion(
    IReadOnlyDictionary<string, float> Values, string? Label, IReadOnlyDictionary<string, float> Probabilities)
{
    /// <summary>A 90 % interval for each rating, by name; none where the file holds none.</summary>
    public IReadOnlyDictionary<string, RatingInterval> Intervals { get; init; } = new Dictionary<string, RatingInterval>();

    /// <summary>
    /// The classes among which the true one is in 90 % of cases; <see langword="null"/> where the file does not say.
    /// </summary>
    public IReadOnlyList<string>? Set { get; init; }

    /// <summary>
    /// How near the clip is to what the model learnt from, 0 to 1; <see langword="null"/> where the file does not say.
    /// </summary>
    public float? Familiarity { get; init; }

    /// <summary>The first of a model's answers.</summary>
    /// <param name="predictions">Answers, at least one.</param>
    /// <param name="classes">The names of the classes, in order; none for ratings.</param>
    internal static Emotion First(EmotionPredictions predictions, IReadOnlyList<string> classes) => new(
        predictions.Values.ToDictionary(target => target.Key, target => target.Value[0]),
        predictions.Labels?[0],
        classes.Select((name, c) => (name, c))
            .ToDictionary(entry => entry.name, entry => predictions.Probabilities![0, entry.c]))
    {
        Intervals = predictions.Intervals.ToDictionary(target => target.Key, target => target.Value[0]),
        Set = predictions.Sets?[0],
        Familiarity = predictions.Familiarity?[0],
    };

    /// <summary>Ratings, class and probability in one line, e.g. "valence 0.21, arousal -0.40" or "angry (0.83)".</summary>
    public override string ToString()
    {
        IEnumerable<string> ratings = Values
            .Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Key} {value.Value:0.00}"));
        return string.Join(", ", Label is null
            ? ratings
            : ratings
                .Append(string.Create(CultureInfo.InvariantCulture, $"{Label} ({Probabilities.GetValueOrDefault(Label):0.00})")));
    }
}
