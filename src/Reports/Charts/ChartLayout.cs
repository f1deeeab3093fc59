namespace SerLab.Reports.Charts;

/// <summary>
/// Where the parts of a chart go, so that no text overlaps another or leaves the picture: titles and legends wrap, long names of
/// categories are shortened, and those below the horizontal axis are slanted where they do not fit side by side. Text cannot be
/// measured without a font, so its width is estimated from its length.
/// </summary>
internal sealed record ChartLayout
{
    /// <summary>Estimated width of a character of 12 px, on the safe side.</summary>
    private const double CharacterWidth = 6.6;
    private const double TitleCharacterWidth = 7.9;
    private const double LineHeight = 18;
    private const double Margin = 12;
    private const int LongestSlantedLabel = 18;

    /// <summary>The title's lines.</summary>
    public required IReadOnlyList<string> Title { get; init; }

    /// <summary>The legend's entries: name, left end and middle.</summary>
    public required IReadOnlyList<(string Name, double X, double Y)> Legend { get; init; }

    /// <summary>Left end of the area of data.</summary>
    public required double Left { get; init; }

    /// <summary>Upper end of the area of data.</summary>
    public required double Top { get; init; }

    /// <summary>Right end of the area of data.</summary>
    public required double Right { get; init; }

    /// <summary>Lower end of the area of data.</summary>
    public required double Bottom { get; init; }

    /// <summary>The horizontal axis.</summary>
    public required AxisScale X { get; init; }

    /// <summary>The vertical axis.</summary>
    public required AxisScale Y { get; init; }

    /// <summary>Whether labels below the horizontal axis are slanted.</summary>
    public required bool IsSlanted { get; init; }

    /// <summary>Number of characters that a label beside the vertical axis may have.</summary>
    public required int LabelLimit { get; init; }

    /// <summary>Lays out a chart in a picture of a given size, in pixels.</summary>
    public static ChartLayout Of(Chart chart, int width, int height)
    {
        List<string> title = Wrap(chart.Title, (int)((width - (2 * Margin)) / TitleCharacterWidth));
        double top = 20 + (LineHeight * (title.Count - 1)) + 14;
        string[] names = [.. Palette.Names(chart).Where(n => n.Length > 0)];
        List<(string, double, double)> legend = names.Length > 1 ? Entries(names, width, top + 6) : [];
        top = legend.Count > 0 ? legend[^1].Item3 + 18 : top;

        // The ticks of the vertical axis depend on its length only, not on where it stands.
        double roughBottom = height - 46;
        AxisScale rough = AxisScale.Create(chart.Y, chart.Series.SelectMany(SeriesExtent.Y), roughBottom, top - roughBottom);
        int limit = Math.Max(8, (int)(0.36 * width / CharacterWidth));
        double left = 40 + (CharacterWidth * Math.Min(limit, rough.Ticks.Select(t => t.Text.Length).DefaultIfEmpty(0).Max()));
        double right = width - 18;

        int longest = chart.X.Categories is { Count: > 0 } categories ? categories.Max(c => c.Length) : 0;
        bool slanted = longest > 0 && (longest + 1) * CharacterWidth > (right - left) / chart.X.Categories!.Count;
        double slant = slanted ? (0.54 * CharacterWidth * Math.Min(longest, LongestSlantedLabel)) - 4 : 0;
        double bottom = height - 46 - Math.Max(0, slant);
        return new ChartLayout
        {
            Title = title,
            Legend = legend,
            Left = left,
            Top = top,
            Right = right,
            Bottom = bottom,
            X = AxisScale.Create(chart.X, chart.Series.SelectMany(SeriesExtent.X), left, right - left),
            Y = AxisScale.Create(chart.Y, chart.Series.SelectMany(SeriesExtent.Y), bottom, top - bottom),
            IsSlanted = slanted,
            LabelLimit = limit,
        };
    }

    /// <summary>The label shortened to what there is room for below the horizontal axis.</summary>
    public string LabelBelow(string text) => IsSlanted ? Shorten(text, LongestSlantedLabel) : text;

    /// <summary>The label shortened to what there is room for beside the vertical axis.</summary>
    public string LabelBeside(string text) => Shorten(text, LabelLimit);

    private static string Shorten(string text, int limit) => text.Length <= limit ? text : $"{text[..(limit - 1)]}…";

    private static List<(string, double, double)> Entries(string[] names, int width, double middle)
    {
        List<(string, double, double)> entries = [];
        double at = Margin;
        foreach (string name in names)
        {
            double end = at + 15 + (CharacterWidth * name.Length);
            if (end > width - Margin && at > Margin)
            {
                (at, middle) = (Margin, middle + LineHeight);
            }

            entries.Add((name, at, middle));
            at += 32 + (CharacterWidth * name.Length);
        }

        return entries;
    }

    private static List<string> Wrap(string text, int limit)
    {
        List<string> lines = [""];
        foreach (string word in text.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > limit)
            {
                lines.Add(word);
            }
            else
            {
                lines[^1] = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
            }
        }

        return lines;
    }
}
