using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SerLab.Reports.Charts;
using Xunit;

namespace SerLab.Reports.Tests.Charts;

public class ChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static Chart Scatter(params Series[] series) => new()
    {
        Title = "Predicted & true",
        X = new Axis { Title = "true" },
        Y = new Axis { Title = "predicted" },
        Series = series,
        References = [ReferenceLine.Diagonal],
    };

    [Fact]
    public void A_chart_is_well_formed_names_itself_and_draws_every_finite_point_once()
    {
        Chart chart = Scatter(new PointSeries("svr", [0, 1, double.NaN], [0, 2, 1]) { Labels = ["a<b>", "b", "c"] });

        XElement drawn = XElement.Parse(SvgChart.Render(chart));

        Assert.Equal("Predicted & true", drawn.Attribute("aria-label")!.Value);
        Assert.Equal(["a<b>", "b"], drawn.Descendants(Svg + "circle").Select(c => c.Element(Svg + "title")!.Value));
    }

    [Fact]
    public void A_chart_is_dark_on_dark_screens_and_never_on_paper()
    {
        string style = XElement.Parse(SvgChart.Render(Scatter(new PointSeries("svr", [0], [0])))).Element(Svg + "style")!.Value;

        string[] media = [.. Regex.Matches(style, "@media ([^{]*)").Select(rule => rule.Groups[1].Value)];
        Assert.NotEmpty(media);
        Assert.All(media, rule => Assert.StartsWith("screen and ", rule, StringComparison.Ordinal));
    }

    [Fact]
    public void Positions_are_proportional_to_values_and_larger_is_right_and_up()
    {
        XElement drawn = XElement.Parse(SvgChart.Render(Scatter(new PointSeries("", [0, 1, 3], [0, 1, 3]))));

        double[] x = [.. drawn.Descendants(Svg + "circle").Select(c => Number(c, "cx"))];
        double[] y = [.. drawn.Descendants(Svg + "circle").Select(c => Number(c, "cy"))];
        Assert.Equal(2, (x[2] - x[1]) / (x[1] - x[0]), 2);
        Assert.Equal(2, (y[2] - y[1]) / (y[1] - y[0]), 2);
        Assert.True(x[1] > x[0] && y[1] < y[0]);
    }

    [Fact]
    public void Series_of_different_names_get_a_legend_and_different_colours()
    {
        XElement drawn = XElement.Parse(
            SvgChart.Render(Scatter(new PointSeries("random", [0], [0]), new PointSeries("grouped", [1], [1]))));

        Assert.Equal(2, drawn.Elements(Svg + "circle").Select(c => c.Attribute("fill")!.Value).Distinct().Count());
        Assert.Contains(drawn.Elements(Svg + "text"), t => t.Value == "grouped");
    }

    [Theory]
    [InlineData(0, 1, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-1, 1, "−1.0 −0.5 0.0 0.5 1.0")]
    [InlineData(0.02, 0.071, "0.02 0.03 0.04 0.05 0.06 0.07 0.08")]
    [InlineData(3, 1213, "0 200 400 600 800 1000 1200 1400")]
    public void Ticks_are_round_numbers_around_the_data(double low, double high, string expected)
    {
        AxisScale scale = AxisScale.Create(new Axis { Title = "" }, [low, high], 0, 480);

        Assert.Equal(expected, string.Join(' ', scale.Ticks.Select(t => t.Text)));
    }

    [Fact]
    public void Ticks_do_not_depend_on_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;
            Assert.DoesNotContain(',', SvgChart.Render(Scatter(new PointSeries("", [0.5], [0.25]))).Split("</style>")[1]);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_constant_or_empty_series_still_draws()
    {
        XElement constant = XElement.Parse(SvgChart.Render(Scatter(new PointSeries("", [1, 1], [2, 2]))));
        XElement empty = XElement.Parse(SvgChart.Render(Scatter()));

        double[] size = Array.ConvertAll(
            constant.Attribute("viewBox")!.Value.Split(' '), text => double.Parse(text, CultureInfo.InvariantCulture));
        Assert.Equal(2, constant.Descendants(Svg + "circle").Count());
        Assert.All(constant.Descendants(Svg + "circle"), point =>
        {
            Assert.InRange(Number(point, "cx"), 0, size[2]);
            Assert.InRange(Number(point, "cy"), 0, size[3]);
        });
        Assert.Empty(empty.Descendants(Svg + "circle"));
        Assert.Contains(empty.Descendants(Svg + "text"), text => text.Value == "predicted");
    }

    [Fact]
    public void A_plotly_figure_holds_the_same_data_with_gaps_for_what_is_not_finite()
    {
        Chart chart = Scatter(
            new PointSeries("svr", [0, double.NaN], [1, 2]), new IntervalSeries("r2", [0.1], [0.3], [0.4], [0]));

        JsonElement data = JsonDocument.Parse(PlotlyFigure.ToJson(chart)).RootElement.GetProperty("data");

        Assert.Equal(0, data[0].GetProperty("x")[0].GetDouble());
        Assert.Equal(JsonValueKind.Null, data[0].GetProperty("x")[1].ValueKind);
        Assert.Equal(0.2, data[1].GetProperty("error_x").GetProperty("arrayminus")[0].GetDouble(), 12);
    }

    private static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
