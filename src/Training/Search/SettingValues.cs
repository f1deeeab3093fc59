using System.Globalization;
using SerLab.Core;

namespace SerLab.Training.Search;

/// <summary>The values of one setting that a search tries: a list, or a range to draw from. Immutable.</summary>
public sealed record SettingValues
{
    private SettingValues(string setting, string text)
    {
        Setting = setting;
        Text = text;
    }

    /// <summary>Name of the setting, e.g. <c>gamma</c>; also <c>scaler</c>, <c>resampler</c> and <c>calibration</c>.</summary>
    public string Setting { get; }

    /// <summary>The values as they were written.</summary>
    public string Text { get; }

    /// <summary>The values in order; empty for a range.</summary>
    public IReadOnlyList<string> Values { get; private init; } = [];

    /// <summary>The ends of a range; none for a list.</summary>
    public (double Low, double High)? Range { get; private init; }

    private bool IsWhole { get; init; }

    /// <summary>
    /// Reads values: <c>1,10,100</c> is a list (with <c>;</c> between values that hold commas themselves), <c>0.1..100</c> a
    /// range.
    /// </summary>
    /// <exception cref="InvalidInputException">
    /// There is no value, one occurs twice, or a range has no two ascending numbers.
    /// </exception>
    public static SettingValues Parse(string setting, string text)
    {
        if (text.Contains("..", StringComparison.Ordinal))
        {
            return ParseRange(setting, text);
        }

        string[] values = text.Split(
            text.Contains(';', StringComparison.Ordinal)
                ? ';'
                : ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return values.Length > 0 && values.Distinct().Count() == values.Length
            ? new SettingValues(setting, text) { Values = values }
            : throw new InvalidInputException(
                $"'{text}' are no distinct values of {setting} to try; expected e.g. 1,10,100.");
    }

    /// <summary>
    /// A random value of the range: uniform in the logarithm where both ends are above 0, else uniform; a whole number where both
    /// ends are written as such.
    /// </summary>
    internal string Draw(SeededRandom random)
    {
        (double low, double high) = Range ?? throw new InvalidOperationException("Only a range can be drawn from.");
        if (IsWhole)
        {
            // Every whole number stands for the unit around it, so that both ends are as likely as their neighbours.
            (low, high) = (low - 0.5, high + 0.5);
        }

        double value = low > 0 ? Math.Exp(random.NextDouble(Math.Log(low), Math.Log(high))) : random.NextDouble(low, high);
        return IsWhole
            ? Math.Clamp(Math.Round(value), low + 0.5, high - 0.5).ToString("F0", CultureInfo.InvariantCulture)
            : value.ToString("G4", CultureInfo.InvariantCulture);
    }

    private static SettingValues ParseRange(string setting, string text)
    {
        string[] ends = text.Split("..");
        return ends.Length == 2 && TryNumber(ends[0], out double low) && TryNumber(ends[1], out double high) && low < high
            ? new SettingValues(setting, text)
            {
                Range = (low, high),
                IsWhole = ends
                .All(end => end.Trim().All(c => char.IsAsciiDigit(c)))
            }
            : throw new InvalidInputException(
                $"The range '{text}' of {setting} has no two ascending numbers; expected e.g. 0.1..100.");
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
