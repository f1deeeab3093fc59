using System.Globalization;
using System.Text;

namespace SerLab.Reports.Charts;

/// <summary>Draws the marks of each kind of series. Values that are not finite are left out.</summary>
internal static class SvgMarks
{
    public static void Draw(MarkupWriter svg, Series series, string colour, AxisScale x, AxisScale y)
    {
        switch (series)
        {
            case PointSeries points:
                Points(svg, points, colour, x, y);
                break;
            case LineSeries line:
                Line(svg, line, colour, x, y);
                break;
            case BarSeries bars:
                Bars(svg, bars, colour, x, y);
                break;
            case IntervalSeries intervals:
                Intervals(svg, intervals, colour, x, y);
                break;
            case HeatmapSeries heatmap:
                Heatmap(svg, heatmap, colour, x, y);
                break;
            case RasterSeries raster:
                SvgRaster.Draw(svg, raster, colour, x, y);
                break;
            default:
                throw new ArgumentException($"There is no way to draw {series.GetType().Name}.", nameof(series));
        }
    }

    private static void Points(MarkupWriter svg, PointSeries points, string colour, AxisScale x, AxisScale y)
    {
        // Many points overlap: smaller and more transparent marks keep their density readable.
        double radius = points.X.Count > 300 ? 2.2 : 3.8;
        double opacity = points.X.Count > 300 ? 0.45 : 0.75;
        svg.Open("g", ("fill", colour), ("fill-opacity", opacity));
        for (int i = 0; i < points.X.Count; i++)
        {
            double across = x.At(points.X[i]);
            double up = y.At(points.Y[i]);
            if (double.IsFinite(across) && double.IsFinite(up))
            {
                string label = i < points.Labels.Count ? points.Labels[i] : "";
                svg.Titled("circle", label, ("cx", Math.Round(across, 1)), ("cy", Math.Round(up, 1)), ("r", radius));
            }
        }

        svg.Close("g");
    }

    private static void Line(MarkupWriter svg, LineSeries line, string colour, AxisScale x, AxisScale y)
    {
        StringBuilder path = new();
        bool drawing = false;
        for (int i = 0; i < line.X.Count; i++)
        {
            bool finite = double.IsFinite(line.X[i]) && double.IsFinite(line.Y[i]);
            if (finite)
            {
                path.Append(CultureInfo.InvariantCulture, $"{(drawing ? 'L' : 'M')}{x.At(line.X[i]):F1} {y.At(line.Y[i]):F1}");
            }

            drawing = finite;
        }

        svg.Empty("path", ("d", path), ("fill", "none"), ("stroke", colour), ("stroke-width", 2));
    }

    private static void Bars(MarkupWriter svg, BarSeries bars, string colour, AxisScale x, AxisScale y)
    {
        (AxisScale along, AxisScale across) = bars.IsHorizontal ? (x, y) : (y, x);
        (IReadOnlyList<double> ends, IReadOnlyList<double> centres) = bars.IsHorizontal ? (bars.X, bars.Y) : (bars.Y, bars.X);
        double zero = along.At(Math.Clamp(0, along.Low, along.High));
        for (int i = 0; i < ends.Count; i++)
        {
            if (double.IsFinite(ends[i]))
            {
                double start = Math.Min(along.At(ends[i]), zero);
                double length = Math.Abs(along.At(ends[i]) - zero);
                double side = across.At(centres[i]) - (across.Span(bars.Width) / 2);
                double thickness = across.Span(bars.Width);
                svg.Titled(
                    "rect",
                    Number(bars.Name, ends[i]),
                    ("x", bars.IsHorizontal ? start : side),
                    ("y", bars.IsHorizontal ? side : start),
                    ("width", bars.IsHorizontal ? length : thickness),
                    ("height", bars.IsHorizontal ? thickness : length),
                    ("fill", colour),
                    ("fill-opacity", 0.85));
            }
        }
    }

    private static void Intervals(MarkupWriter svg, IntervalSeries intervals, string colour, AxisScale x, AxisScale y)
    {
        for (int i = 0; i < intervals.Y.Count; i++)
        {
            double at = y.At(intervals.Y[i]);
            if (double.IsFinite(intervals.Low[i]) && double.IsFinite(intervals.High[i]))
            {
                svg.Empty(
                    "line",
                    ("x1", x.At(intervals.Low[i])),
                    ("x2", x.At(intervals.High[i])),
                    ("y1", at),
                    ("y2", at),
                    ("stroke", colour),
                    ("stroke-width", 2.5));
            }

            if (double.IsFinite(intervals.Centre[i]))
            {
                string label = i < intervals.Labels.Count ? intervals.Labels[i] : "";
                string of = string.Join(", ", new[] { label, intervals.Name }.Where(part => part.Length > 0));
                string title = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{of}: {intervals.Centre[i]:0.000} [{intervals.Low[i]:0.000}, {intervals.High[i]:0.000}]");
                svg.Titled("circle", title, ("cx", x.At(intervals.Centre[i])), ("cy", at), ("r", 5), ("fill", colour));
            }
        }
    }

    private static void Heatmap(MarkupWriter svg, HeatmapSeries heatmap, string colour, AxisScale x, AxisScale y)
    {
        double[] all = [.. heatmap.Rows.SelectMany(row => row).Where(double.IsFinite)];
        (double low, double high) = all.Length == 0 ? (0, 1) : (all.Min(), all.Max());
        for (int row = 0; row < heatmap.Rows.Count; row++)
        {
            for (int column = 0; column < heatmap.Rows[row].Count; column++)
            {
                double value = heatmap.Rows[row][column];
                string text = heatmap.Texts?[row][column] ?? value.ToString("0.###", CultureInfo.InvariantCulture);
                double opacity = double.IsFinite(value) ? Palette.Opacity(value, low, high) : 0;
                svg.Titled(
                    "rect",
                    text,
                    ("x", x.At(column - 0.5) + 1),
                    ("y", y.At(row + 0.5) + 1),
                    ("width", x.Span(1) - 2),
                    ("height", y.Span(1) - 2),
                    ("rx", 2),
                    ("fill", colour),
                    ("fill-opacity", opacity));

                string kind = opacity >= Palette.FullOpacity ? "cell full" : "cell";
                svg.Text(text, ("class", kind), ("x", x.At(column)), ("y", y.At(row) + 4), ("text-anchor", "middle"));
            }
        }
    }

    private static string Number(string name, double value) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}{(name.Length > 0 ? ": " : "")}{value:G6}");
}
