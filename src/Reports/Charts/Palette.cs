namespace SerLab.Reports.Charts;

/// <summary>
/// Colours that stay apart under the common kinds of colour blindness: those of Okabe and Ito (2008), in an order in which
/// neighbours differ in lightness too.
/// </summary>
internal static class Palette
{
    private static readonly string[] Colours =
        ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c8c00", "#6e7781"];

    // On a dark page the darker colours are too dim to tell apart; lighter ones of the same hue take their place.
    private static readonly (string Light, string Dark)[] OnDark =
    [
        ("#0072b2", "#3d9be0"), ("#d55e00", "#f2803a"), ("#009e73", "#2cc298"), ("#8c8c00", "#b9b93c"),
    ];

    /// <summary>
    /// From this shade on letters in the cells of a heat map are black in the dark, too: on either side of it they have a
    /// contrast of 4.5 to 1 or more.
    /// </summary>
    public const double FullOpacity = 0.76;

    /// <summary>How many series can be told apart by colour.</summary>
    public static int Count => Colours.Length;

    /// <summary>Style rules that take the place of <see cref="At"/> on a dark page.</summary>
    public static string DarkRules { get; } = string.Concat(OnDark.Select(c =>
        $".chart [fill=\"{c.Light}\"]{{fill:{c.Dark}}}.chart [stroke=\"{c.Light}\"]{{stroke:{c.Dark}}}"));

    /// <summary>The colour at a position; positions beyond the last start again.</summary>
    public static string At(int index) => Colours[index % Colours.Length];

    /// <summary>The names of a chart's series in order of appearance: their position is their colour.</summary>
    public static IReadOnlyList<string> Names(Chart chart) => [.. chart.Series.Select(s => s.Name).Distinct()];

    /// <summary>A shade between the page's background (0) and the first colour (1), for the cells of a heat map.</summary>
    public static double Opacity(double value, double low, double high) =>
        high > low ? 0.08 + (0.84 * (value - low) / (high - low)) : 0.5;
}
