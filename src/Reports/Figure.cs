using System.Globalization;
using SerLab.Evaluation.Statistics;

namespace SerLab.Reports;

/// <summary>Figures as a reader sees them: three decimals, a real minus sign, "n/a" where undefined.</summary>
internal static class Figure
{
    public static string Text(double value) => Text(value, "0.000");

    public static string Text(ConfidenceInterval interval) => double.IsNaN(interval.Low) || double.IsNaN(interval.High)
        ? "no interval"
        : $"[{Text(interval.Low)}, {Text(interval.High)}]";

    public static string MeanAndStd(double mean, double std) =>
        double.IsNaN(mean) ? Text(mean) : $"{Text(mean)} ± {Text(std)}";

    /// <summary>A difference, always with its sign.</summary>
    public static string Signed(double value) => value > 0 ? $"+{Text(value)}" : Text(value);

    public static string PValue(double p) => double.IsNaN(p) ? "n/a" : p < 0.001 ? "< 0.001" : Text(p);

    /// <summary>A share in whole per cent.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");

    public static string Seconds(double seconds) => seconds switch
    {
        < 1e-3 => Text(seconds * 1e6, "0") + " µs",
        < 1 => Text(seconds * 1e3, "0.0") + " ms",
        _ => Text(seconds, "0.00") + " s",
    };

    /// <summary>Text with a capital at its beginning.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    public static string Count(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Text(double value, string format)
    {
        if (double.IsNaN(value))
        {
            return "n/a";
        }

        // A rounded zero has no sign.
        string text = value.ToString(format, CultureInfo.InvariantCulture);
        return text.StartsWith('-') ? (text.AsSpan(1).ContainsAnyInRange('1', '9') ? $"−{text[1..]}" : text[1..]) : text;
    }
}
