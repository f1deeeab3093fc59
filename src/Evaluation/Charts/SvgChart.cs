using System.Globalization;

namespace SerLab.Evaluation.Charts;

/// <summary>
/// Draws a chart as one SVG element that needs nothing else: no script, no font, no network. Colours follow the reader's light or dark
/// mode; every mark has a tooltip; the title is the accessible name.
/// </summary>
public static class SvgChart
{
    private const double CharacterWidth = 6.6;

    // Inside one HTML page all charts share these rules, which are the same for each.
    private const string Style = """
        .chart{color:#1f2328;background:none}
        .chart text{font:12px system-ui,-apple-system,'Segoe UI',sans-serif;fill:currentColor}
        .chart .title{font-size:14px;font-weight:600}
        .chart .axis,.chart .grid,.chart .reference{stroke:currentColor;fill:none}
        .chart .grid{opacity:.12}.chart .axis{opacity:.5}.chart .reference{opacity:.6;stroke-dasharray:5 4}
        @media (prefers-color-scheme:dark){.chart{color:#e6edf3}}
        """;

    /// <summary>Draws a chart.</summary>
    /// <param name="chart">What to show.</param>
    /// <param name="width">Width in pixels at natural size; the element scales down with its container.</param>
    /// <param name="height">Height in pixels at natural size.</param>
    /// <returns>An <c>svg</c> element with its namespace, usable as a file and inside HTML.</returns>
    public static string Render(Chart chart, int width = 720, int height = 420)
    {
        SvgWriter svg = new();
        svg.Open(
            "svg",
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("class", "chart"),
            ("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {width} {height}")),
            ("width", width),
            ("height", height),
            ("style", "max-width:100%;height:auto"),
            ("role", "img"),
            ("aria-label", chart.Title));
        svg.Element("style", Style);
        svg.Text(chart.Title, ("class", "title"), ("x", 12), ("y", 20));

        IReadOnlyList<string> names = Palette.Names(chart);
        string[] legend = [.. names.Where(n => n.Length > 0)];
        bool hasLegend = legend.Length > 1;
        double left = 34 + (CharacterWidth * LongestTick(chart.Y));
        double top = hasLegend ? 58 : 34;
        double bottom = height - 46;
        double right = width - 16;
        AxisScale x = AxisScale.Create(chart.X, chart.Series.SelectMany(SeriesExtent.X), left, right - left);
        AxisScale y = AxisScale.Create(chart.Y, chart.Series.SelectMany(SeriesExtent.Y), bottom, top - bottom);

        if (hasLegend)
        {
            DrawLegend(svg, chart, legend, left);
        }

        DrawAxes(svg, chart, x, y, (left, top, right, bottom));
        DrawReferences(svg, chart, x, y);
        foreach (Series series in chart.Series)
        {
            SvgMarks.Draw(svg, series, Colour(series, names), x, y);
        }

        svg.Close("svg");
        return svg.ToString();
    }

    private static string Colour(Series series, IReadOnlyList<string> names)
    {
        int position = 0;
        while (names[position] != series.Name)
        {
            position++;
        }

        return Palette.At(series.Colour ?? position);
    }

    private static int LongestTick(Axis axis) => axis.Categories is { Count: > 0 } categories ? categories.Max(c => c.Length) : 6;

    private static void DrawLegend(SvgWriter svg, Chart chart, string[] legend, double left)
    {
        IReadOnlyList<string> names = Palette.Names(chart);
        double at = left;
        foreach (string name in legend)
        {
            string colour = Colour(chart.Series.First(s => s.Name == name), names);
            svg.Empty("circle", ("cx", at + 5), ("cy", 40), ("r", 5), ("fill", colour));
            svg.Text(name, ("x", at + 15), ("y", 44));
            at += 32 + (CharacterWidth * name.Length);
        }
    }

    private static void DrawAxes(
        SvgWriter svg, Chart chart, AxisScale x, AxisScale y, (double Left, double Top, double Right, double Bottom) area)
    {
        // The cells of a heat map are a grid themselves.
        string grid = chart.Series.Any(s => s is HeatmapSeries) ? "none" : "inline";
        foreach ((double value, string text) in x.Ticks)
        {
            double at = x.At(value);
            svg.Empty("line", ("class", "grid"), ("display", grid), ("x1", at), ("x2", at), ("y1", area.Top), ("y2", area.Bottom));
            svg.Text(text, ("x", at), ("y", area.Bottom + 18), ("text-anchor", "middle"));
        }

        foreach ((double value, string text) in y.Ticks)
        {
            double at = y.At(value);
            svg.Empty("line", ("class", "grid"), ("display", grid), ("x1", area.Left), ("x2", area.Right), ("y1", at), ("y2", at));
            svg.Text(text, ("x", area.Left - 8), ("y", at + 4), ("text-anchor", "end"));
        }

        svg.Empty("line", ("class", "axis"), ("x1", area.Left), ("x2", area.Right), ("y1", area.Bottom), ("y2", area.Bottom));
        svg.Empty("line", ("class", "axis"), ("x1", area.Left), ("x2", area.Left), ("y1", area.Top), ("y2", area.Bottom));
        double centre = (area.Left + area.Right) / 2;
        double middle = (area.Top + area.Bottom) / 2;
        svg.Text(chart.X.Title, ("x", centre), ("y", area.Bottom + 38), ("text-anchor", "middle"));
        svg.Text(
            chart.Y.Title,
            ("x", 16),
            ("y", middle),
            ("text-anchor", "middle"),
            ("transform", string.Create(CultureInfo.InvariantCulture, $"rotate(-90 16 {middle:F1})")));
    }

    private static void DrawReferences(SvgWriter svg, Chart chart, AxisScale x, AxisScale y)
    {
        foreach (ReferenceLine line in chart.References)
        {
            ((double X, double Y) from, (double X, double Y) to)? visible = Clip(line, x, y);
            if (visible is { } ends)
            {
                svg.Empty(
                    "line",
                    ("class", "reference"),
                    ("x1", x.At(ends.from.X)),
                    ("y1", y.At(ends.from.Y)),
                    ("x2", x.At(ends.to.X)),
                    ("y2", y.At(ends.to.Y)));
            }
        }
    }

    private static ((double X, double Y) From, (double X, double Y) To)? Clip(ReferenceLine line, AxisScale x, AxisScale y)
    {
        if (line.Slope is not { } slope)
        {
            return line.Intercept < x.Low || line.Intercept > x.High
                ? null
                : ((line.Intercept, y.Low), (line.Intercept, y.High));
        }

        double from = x.Low;
        double to = x.High;
        if (slope != 0)
        {
            double one = (y.Low - line.Intercept) / slope;
            double other = (y.High - line.Intercept) / slope;
            from = Math.Max(from, Math.Min(one, other));
            to = Math.Min(to, Math.Max(one, other));
        }
        else if (line.Intercept < y.Low || line.Intercept > y.High)
        {
            return null;
        }

        return from < to ? ((from, (slope * from) + line.Intercept), (to, (slope * to) + line.Intercept)) : null;
    }
}
