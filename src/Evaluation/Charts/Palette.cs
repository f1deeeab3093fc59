namespace SerLab.Evaluation.Charts;

/// <summary>
/// Colours that stay apart under the common kinds of colour blindness: those of Okabe and Ito (2008), in an order in which neighbours
/// differ in lightness too.
/// </summary>
internal static class Palette
{
    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c8c00"];

    /// <summary>The colour at a position; positions beyond the last start again.</summary>
    public static string At(int index) => Colours[index % Colours.Length];

    /// <summary>The names of a chart's series in order of appearance: their position is their colour.</summary>
    public static IReadOnlyList<string> Names(Chart chart) => [.. chart.Series.Select(s => s.Name).Distinct()];

    /// <summary>A shade between the page's background (0) and the first colour (1), for the cells of a heat map.</summary>
    public static double Opacity(double value, double low, double high) =>
        high > low ? 0.08 + (0.84 * (value - low) / (high - low)) : 0.5;
}
