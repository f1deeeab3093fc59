using System.Globalization;
using System.Text.Json.Nodes;

namespace SerLab.Reports.Charts;

/// <summary>
/// A chart's data and layout as a Plotly figure, for readers who want to zoom, restyle or reuse it. Numbers have seven digits.
/// </summary>
public static class PlotlyFigure
{
    /// <summary>The figure: an object with <c>data</c> and <c>layout</c>, as <c>Plotly.newPlot</c> takes it.</summary>
    public static string ToJson(Chart chart)
    {
        IReadOnlyList<string> names = Palette.Names(chart);
        JsonObject figure = new()
        {
            ["data"] = new JsonArray([.. chart.Series.Select(s => (JsonNode)Trace(chart, s, names))]),
            ["layout"] = new JsonObject
            {
                ["title"] = new JsonObject { ["text"] = chart.Title },
                ["xaxis"] = Axis(chart.X),
                ["yaxis"] = Axis(chart.Y),
                ["shapes"] = new JsonArray([.. chart.References.Select(r => (JsonNode)Shape(r))]),
            },
        };
        return figure.ToJsonString();
    }

    private static JsonObject Trace(Chart chart, Series series, IReadOnlyList<string> names)
    {
        JsonObject trace = series switch
        {
            PointSeries points => Scatter("markers", points.X, points.Y, points.Labels),
            LineSeries line => Scatter("lines", line.X, line.Y, []),
            BarSeries bars => new JsonObject
            {
                ["type"] = "bar",
                ["orientation"] = bars.IsHorizontal ? "h" : "v",
                ["x"] = Numbers(bars.X),
                ["y"] = Numbers(bars.Y),
                ["width"] = bars.Width,
            },
            IntervalSeries intervals => Intervals(intervals),
            HeatmapSeries heatmap => new JsonObject
            {
                ["type"] = "heatmap",
                ["z"] = new JsonArray([.. heatmap.Rows.Select(row => (JsonNode)Numbers(row))]),
                ["x"] = Texts(chart.X.Categories ?? []),
                ["y"] = Texts(chart.Y.Categories ?? []),
            },
            RasterSeries raster => new JsonObject
            {
                ["type"] = "heatmap",
                ["z"] = new JsonArray([.. raster.Rows.Select(row => (JsonNode)Numbers(row))]),
                ["x"] = Numbers(Edges(raster.Left, raster.Right, raster.Columns)),
                ["y"] = Numbers(Edges(raster.Bottom, raster.Top, raster.Rows.Count)),
            },
            _ => throw new ArgumentException($"There is no Plotly trace for {series.GetType().Name}.", nameof(series)),
        };
        trace["name"] = series.Name;
        if (series is not (HeatmapSeries or RasterSeries))
        {
            int position = series.Colour ?? names.TakeWhile(n => n != series.Name).Count();
            trace["marker"] = new JsonObject { ["color"] = Palette.At(position) };
        }

        return trace;
    }

    private static double[] Edges(double from, double to, int cells) =>
        [.. Enumerable.Range(0, cells + 1).Select(i => from + ((to - from) * i / cells))];

    private static JsonObject Scatter(
        string mode, IReadOnlyList<double> x, IReadOnlyList<double> y, IReadOnlyList<string> labels) =>
        new() { ["type"] = "scatter", ["mode"] = mode, ["x"] = Numbers(x), ["y"] = Numbers(y), ["text"] = Texts(labels) };

    private static JsonObject Intervals(IntervalSeries intervals)
    {
        JsonObject trace = Scatter("markers", intervals.Centre, intervals.Y, intervals.Labels);
        trace["error_x"] = new JsonObject
        {
            ["type"] = "data",
            ["symmetric"] = false,
            ["array"] = Numbers([.. intervals.High.Zip(intervals.Centre, (high, centre) => high - centre)]),
            ["arrayminus"] = Numbers([.. intervals.Centre.Zip(intervals.Low, (centre, low) => centre - low)]),
        };
        return trace;
    }

    private static JsonObject Axis(Axis axis)
    {
        JsonObject layout = new() { ["title"] = new JsonObject { ["text"] = axis.Title } };
        if (axis.Categories is { } categories)
        {
            layout["tickvals"] = Numbers([.. Enumerable.Range(0, categories.Count).Select(i => (double)i)]);
            layout["ticktext"] = Texts(categories);
        }

        if (axis.IsLogarithmic)
        {
            layout["type"] = "log";
        }

        if (axis is { Minimum: { } low, Maximum: { } high, IsLogarithmic: false })
        {
            layout["range"] = Numbers([low, high]);
        }

        return layout;
    }

    // Plotly has no infinite lines: one in units of the plot for axis-parallel lines, a long one in data units for others.
    private static JsonObject Shape(ReferenceLine line)
    {
        const double far = 1e3;
        return line.Slope switch
        {
            null => Segment("x", "paper", line.Intercept, 0, line.Intercept, 1),
            0 => Segment("paper", "y", 0, line.Intercept, 1, line.Intercept),
            { } slope => Segment("x", "y", -far, (-far * slope) + line.Intercept, far, (far * slope) + line.Intercept),
        };
    }

    private static JsonObject Segment(string xReference, string yReference, double x0, double y0, double x1, double y1) => new()
    {
        ["type"] = "line",
        ["xref"] = xReference,
        ["yref"] = yReference,
        ["x0"] = x0,
        ["y0"] = y0,
        ["x1"] = x1,
        ["y1"] = y1,
        ["line"] = new JsonObject { ["dash"] = "dash", ["width"] = 1 },
    };

    // JSON has no NaN; Plotly reads null as a gap. Seven digits are more than any screen shows and keep figures small.
    private static JsonArray Numbers(IReadOnlyList<double> values) =>
        new([.. values.Select(v => double.IsFinite(v) ? JsonValue.Create(Rounded(v)) : null)]);

    private static double Rounded(double value) =>
        double.Parse(value.ToString("G7", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static JsonArray Texts(IReadOnlyList<string> values) => new([.. values.Select(v => JsonValue.Create(v))]);
}
