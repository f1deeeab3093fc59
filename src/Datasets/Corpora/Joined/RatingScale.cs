using System.Globalization;

namespace SerLab.Datasets.Corpora;

/// <summary>The scale of a rating: its lowest and its highest possible value.</summary>
/// <param name="Low">The lowest.</param>
/// <param name="High">The highest, above the lowest.</param>
public sealed record RatingScale(double Low, double High)
{
    private const string Between = "..";

    /// <summary>From −1 to 1: the scale of a rating that nobody says another of.</summary>
    public static RatingScale Usual { get; } = new(-1, 1);

    /// <summary>The same place on another scale, both taken from end to end.</summary>
    public double To(RatingScale other, double value) =>
        this == other ? value : other.Low + ((value - Low) / (High - Low) * (other.High - other.Low));

    /// <summary>As <see cref="TryParse"/> reads it, e.g. <c>1..5</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Low}{Between}{High}");

    /// <summary>Reads <c>LOW..HIGH</c>; none where a text is of another form.</summary>
    internal static RatingScale? TryParse(string text) =>
        text.Split(Between) is [string low, string high]
        && double.TryParse(low, NumberStyles.Float, CultureInfo.InvariantCulture, out double from)
        && double.TryParse(high, NumberStyles.Float, CultureInfo.InvariantCulture, out double to)
        && double.IsFinite(from) && double.IsFinite(to) && from < to
            ? new RatingScale(from, to)
            : null;
}
