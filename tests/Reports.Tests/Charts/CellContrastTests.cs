using System.Globalization;
using System.Xml.Linq;
using SerLab.Reports.Charts;
using Xunit;

namespace SerLab.Reports.Tests.Charts;

public class CellContrastTests
{
    // The page's colour, that of the cells, of their letters, and of the letters of full cells, as styles and palette have them.
    [Theory]
    [InlineData("#ffffff", "#0072b2", "#000000", "#000000")]
    [InlineData("#0d1117", "#3d9be0", "#ffffff", "#000000")]
    public void Letters_in_every_cell_of_a_heat_map_have_a_contrast_of_4_5_in_the_light_and_in_the_dark(
        string page, string cell, string letters, string lettersOfFull)
    {
        Chart chart = new()
        {
            Title = "All shades",
            X = new Axis { Title = "x", Categories = [.. Enumerable.Range(0, 101).Select(i => $"{i}")] },
            Y = new Axis { Title = "y", Categories = ["y"] },
            Series = [new HeatmapSeries("shade", [[.. Enumerable.Range(0, 101).Select(i => i / 100.0)]])],
        };
        XElement svg = XElement.Parse(SvgChart.Render(chart, 2000));
        double[] shades =
        [
            .. svg.Elements().Where(e => e.Name.LocalName == "rect")
                .Select(e => double.Parse(e.Attribute("fill-opacity")!.Value, CultureInfo.InvariantCulture)),
        ];
        string[] kinds =
        [
            .. svg.Elements().Select(e => (string?)e.Attribute("class")).OfType<string>()
                .Where(kind => kind is "cell" or "cell full"),
        ];

        Assert.Equal((101, 101), (shades.Length, kinds.Length));
        Assert.All(shades.Zip(kinds), one => Assert.True(
            Contrast(Mixed(page, cell, one.First), Channels(one.Second == "cell" ? letters : lettersOfFull)) >= 4.5,
            $"shade {one.First}"));
    }

    private static double[] Channels(string colour) =>
        [.. Convert.FromHexString(colour[1..]).Select(channel => channel / 255.0)];

    private static double[] Mixed(string below, string above, double opacity) =>
        [.. Channels(below).Zip(Channels(above), (b, a) => ((1 - opacity) * b) + (opacity * a))];

    // As WCAG 2.1 defines it.
    private static double Contrast(double[] one, double[] other)
    {
        double[] lights = [.. new[] { Luminance(one), Luminance(other) }.OrderDescending()];
        return (lights[0] + 0.05) / (lights[1] + 0.05);
    }

    private static double Luminance(double[] colour)
    {
        double[] linear = Array.ConvertAll(colour, c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4));
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }
}
