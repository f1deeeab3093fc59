using System.Globalization;

namespace SerLab.Models;

/// <summary>What a model hears in one clip.</summary>
/// <param name="Values">The predicted ratings, by name; none where the model only tells classes apart.</param>
/// <param name="Label">The class, or <see langword="null"/> where the model only predicts ratings.</param>
/// <param name="Probabilities">The probability of every class, by name; none where the model only predicts ratings.</param>
public sealed record Emotion(
    IReadOnlyDictionary<string, float> Values, string? Label, IReadOnlyDictionary<string, float> Probabilities)
{
    /// <summary>The first of a model's answers.</summary>
    /// <param name="predictions">Answers, at least one.</param>
    /// <param name="classes">The names of the classes, in order; none for ratings.</param>
    internal static Emotion First(EmotionPredictions predictions, IReadOnlyList<string> classes) => new(
        predictions.Values.ToDictionary(target => target.Key, target => target.Value[0]),
        predictions.Labels?[0],
        classes.Select((name, c) => (name, c))
            .ToDictionary(entry => entry.name, entry => predictions.Probabilities![0, entry.c]));

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
