using System.Globalization;

namespace SerLab.Reports.Charts;

/// <summary>
/// Draws a chart as one SVG element that needs nothing else: no script, no font, no network. Colours follow the reader's light or
/// dark mode; every mark has a tooltip; the title is the accessible name.
/// </summary>
public static class SvgChart
{
    // Paper is white, whatever the screen is.
    private const string OnDarkScreens = "@media screen and (prefers-color-scheme:dark)";

    // Inside one HTML page all charts share these rules, which are the same for each.
    private static readonly string Style = $$"""
        .chart{color:#1f2328;background:none}
        .chart text{font:12px system-ui,-apple-system,'Segoe UI',sans-serif;fill:currentColor}
        .chart .title{font-size:14px;font-weight:600}
        .chart .axis,.chart .grid,.chart .reference{stroke:currentColor;fill:none}
        .chart .grid{opacity:.12}.chart .axis{opacity:.5}.chart .reference{opacity:.6;stroke-dasharray:5 4}
        .chart .cell{fill:#000}
        {{OnDarkScreens}}{.chart{color:#e6edf3}.chart .cell:not(.full){fill:#fff}{{Palette.DarkRules}}}
        """;

    /// <summary>Draws a chart.</summary>
    /// <param name="chart">What to show.</param>
    /// <param name="width">Width in pixels at natural size; the element scales down with its container.</param>
    /// <param name="height">Height in pixels at natural size.</param>
    /// <returns>An <c>svg</c> element with its namespace, usable as a file and inside HTML.</returns>
    public static string Render(Chart chart, int width = 720, int height = 420)
    {
        MarkupWriter svg = new();
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
        svg.Raw($"<style>{Style}</style>\n");

        ChartLayout layout = ChartLayout.Of(chart, width, height);
        for (int line = 0; line < layout.Title.Count; line++)
        {
            svg.Text(layout.Title[line], ("class", "title"), ("x", 12), ("y", 20 + (18 * line)));
        }

        IReadOnlyList<string> names = Palette.Names(chart);
        foreach ((string name, double left, double middle) in layout.Legend)
        {
            svg.Empty(
                "circle",
                ("cx", left + 5),
                ("cy", middle),
                ("r", 5),
                ("fill", Colour(chart.Series.First(s => s.Name == name), names)));
            svg.Text(name, ("x", left + 15), ("y", middle + 4));
        }

        DrawAxes(svg, chart, layout, height);
        DrawReferences(svg, chart, layout.X, layout.Y);
        foreach (Series series in chart.Series)
        {
            SvgMarks.Draw(svg, series, Colour(series, names), layout.X, layout.Y);
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

    private static void DrawAxes(MarkupWriter svg, Chart chart, ChartLayout layout, int height)
    {
        // The cells of a heat map are a grid themselves.
        bool hasGrid = !chart.Series.Any(s => s is HeatmapSeries);
        (double left, double top, double right, double bottom) = (layout.Left, layout.Top, layout.Right, layout.Bottom);
        foreach ((double value, string text) in layout.X.Ticks)
        {
            double at = layout.X.At(value);
            if (hasGrid)
            {
                svg.Empty("line", ("class", "grid"), ("x1", at), ("x2", at), ("y1", top), ("y2", bottom));
            }

            if (layout.IsSlanted)
            {
                svg.Text(
                    layout.LabelBelow(text),
                    ("x", at + 4),
                    ("y", bottom + 14),
                    ("text-anchor", "end"),
                    ("transform", string.Create(CultureInfo.InvariantCulture, $"rotate(-35 {at + 4:F1} {bottom + 14:F1})")));
            }
            else
            {
                svg.Text(text, ("x", at), ("y", bottom + 18), ("text-anchor", "middle"));
            }
        }

        foreach ((double value, string text) in layout.Y.Ticks)
        {
            double at = layout.Y.At(value);
            if (hasGrid)
            {
                svg.Empty("line", ("class", "grid"), ("x1", left), ("x2", right), ("y1", at), ("y2", at));
            }

            svg.Text(layout.LabelBeside(text), ("x", left - 8), ("y", at + 4), ("text-anchor", "end"));
        }

        svg.Empty("line", ("class", "axis"), ("x1", left), ("x2", right), ("y1", bottom), ("y2", bottom));
        svg.Empty("line", ("class", "axis"), ("x1", left), ("x2", left), ("y1", top), ("y2", bottom));
        svg.Text(chart.X.Title, ("x", (left + right) / 2), ("y", height - 8), ("text-anchor", "middle"));
        double middle = (top + bottom) / 2;
        svg.Text(
            chart.Y.Title,
            ("x", 16),
            ("y", middle),
            ("text-anchor", "middle"),
            ("transform", string.Create(CultureInfo.InvariantCulture, $"rotate(-90 16 {middle:F1})")));
    }

    private static void DrawReferences(MarkupWriter svg, Chart chart, AxisScale x, AxisScale y)
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
