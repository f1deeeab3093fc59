using System.Globalization;
using System.Text;

namespace SerLab.Reports.Charts;

/// <summary>Draws a raster with one path per shade: a cell costs a few characters instead of an element of its own.</summary>
internal static class SvgRaster
{
    private const int Shades = 16;

    public static void Draw(MarkupWriter svg, RasterSeries raster, string colour, AxisScale x, AxisScale y)
    {
        double[] finite = [.. raster.Rows.SelectMany(row => row).Where(double.IsFinite)];
        (double low, double high) = finite.Length == 0 ? (0, 1) : (finite.Min(), finite.Max());
        StringBuilder[] paths = [.. Enumerable.Range(0, Shades).Select(_ => new StringBuilder())];
        int ShadeOf(double value) => !double.IsFinite(value) ? 0
            : high > low ? (int)Math.Min((value - low) / (high - low) * Shades, Shades - 1) : Shades / 2;

        for (int row = 0; row < raster.Rows.Count; row++)
        {
            IReadOnlyList<double> values = raster.Rows[row];
            for (int start = 0, end; start < values.Count; start = end)
            {
                int shade = ShadeOf(values[start]);
                end = start + 1;
                while (end < values.Count && ShadeOf(values[end]) == shade)
                {
                    end++;
                }

                Append(paths[shade], raster, x, y, row, start, end);
            }
        }

        // The faintest shade is the page itself.
        for (int shade = 1; shade < Shades; shade++)
        {
            if (paths[shade].Length > 0)
            {
                svg.Empty("path", ("d", paths[shade]), ("fill", colour), ("fill-opacity", (double)shade / (Shades - 1)));
            }
        }
    }

    // A run of equal cells as a closed rectangle, to a tenth of a pixel.
    private static void Append(StringBuilder path, RasterSeries raster, AxisScale x, AxisScale y, int row, int start, int end)
    {
        double left = x.At(raster.Left + ((raster.Right - raster.Left) * start / raster.Columns));
        double right = x.At(raster.Left + ((raster.Right - raster.Left) * end / raster.Columns));
        double bottom = y.At(raster.Bottom + ((raster.Top - raster.Bottom) * row / raster.Rows.Count));
        double top = y.At(raster.Bottom + ((raster.Top - raster.Bottom) * (row + 1) / raster.Rows.Count));
        path.Append(CultureInfo.InvariantCulture, $"M{left:0.#} {bottom:0.#}H{right:0.#}V{top:0.#}H{left:0.#}z");
    }
}
