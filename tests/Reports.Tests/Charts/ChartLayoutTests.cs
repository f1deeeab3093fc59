using System.Globalization;
using System.Xml.Linq;
using SerLab.Reports.Charts;
using Xunit;

namespace SerLab.Reports.Tests.Charts;

public class ChartLayoutTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Long_titles_and_legends_wrap_and_the_data_stay_below_them()
    {
        Chart chart = new()
        {
            Title = string.Join(' ', Enumerable.Repeat("word", 30)),
            X = new Axis { Title = "x" },
            Y = new Axis { Title = "y" },
            Series = [.. Enumerable.Range(0, 9).Select(i => new PointSeries($"a model with a long name {i}", [i], [i]))],
        };

        ChartLayout layout = ChartLayout.Of(chart, 440, 400);

        Assert.True(layout.Title.Count > 1);
        Assert.Equal(chart.Title, string.Join(' ', layout.Title));
        Assert.Equal(9, layout.Legend.Count);
        Assert.All(layout.Legend, e => Assert.True(e.X + 15 + (6 * e.Name.Length) < 440));
        Assert.Equal(9, layout.Legend.Select(e => (e.X, e.Y)).Distinct().Count());
        Assert.True(layout.Top > layout.Legend.Max(e => e.Y));
        Assert.True(layout.Legend[0].Y > 20 + (18 * (layout.Title.Count - 1)));
    }

    [Fact]
    public void Names_below_the_axis_are_slanted_only_where_they_do_not_fit()
    {
        Chart Of(params string[] names) => new()
        {
            Title = "",
            X = new Axis { Title = "", Categories = names },
            Y = new Axis { Title = "", Categories = ["a"] },
            Series = [],
        };

        Assert.False(ChartLayout.Of(Of("calm", "sad"), 440, 300).IsSlanted);
        Assert.True(ChartLayout.Of(Of([.. Enumerable.Repeat("surprised", 12)]), 440, 300).IsSlanted);
    }

    [Fact]
    public void Very_long_names_beside_the_axis_are_shortened_and_leave_room_for_the_data()
    {
        Chart chart = new()
        {
            Title = "",
            X = new Axis { Title = "" },
            Y = new Axis { Title = "", Categories = [new string('m', 200)] },
            Series = [new PointSeries("", [1, 2], [0, 0])],
        };

        ChartLayout layout = ChartLayout.Of(chart, 440, 300);

        Assert.True(layout.Right - layout.Left > 200);
        Assert.EndsWith("…", layout.LabelBeside(chart.Y.Categories![0]), StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_logarithmic_axis_equal_ratios_take_equal_lengths()
    {
        Axis logarithmic = new() { Title = "", IsLogarithmic = true };
        AxisScale scale = AxisScale.Create(logarithmic, [0.00002, 3, -1, 0, double.NaN], 0, 300);

        Assert.Equal(scale.At(0.1) - scale.At(0.01), scale.At(1) - scale.At(0.1), 9);
        Assert.Equal(["10⁻⁵", "10⁻⁴", "0.001", "0.01", "0.1", "1", "10"], scale.Ticks.Select(t => t.Text));
        Assert.False(double.IsFinite(scale.At(0)));
    }

    [Fact]
    public void Lying_bars_start_at_zero_and_are_as_long_as_their_values()
    {
        Chart chart = new()
        {
            Title = "",
            X = new Axis { Title = "", Minimum = 0, Maximum = 1 },
            Y = new Axis { Title = "", Categories = ["a", "b"] },
            Series = [new BarSeries("", [0.25, 0.5], [0, 1]) { IsHorizontal = true }],
        };

        XElement[] bars = [.. XElement.Parse(SvgChart.Render(chart)).Elements(Svg + "rect")];

        Assert.Equal(2, Number(bars[1], "width") / Number(bars[0], "width"), 2);
        Assert.Equal(Number(bars[0], "x"), Number(bars[1], "x"), 2);
        Assert.True(Number(bars[0], "y") > Number(bars[1], "y"));
    }

    private static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
