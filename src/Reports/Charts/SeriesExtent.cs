namespace SerLab.Reports.Charts;

/// <summary>The values of a series that must be visible on each axis.</summary>
internal static class SeriesExtent
{
    public static IEnumerable<double> X(Series series) => series switch
    {
        PointSeries points => points.X,
        LineSeries line => line.X,
        BarSeries { IsHorizontal: true } bars => bars.X.Append(0),
        BarSeries bars => Sides(bars.X, bars.Width),
        IntervalSeries intervals => intervals.Low.Concat(intervals.High).Concat(intervals.Centre),
        RasterSeries raster => [raster.Left, raster.Right],
        _ => [],
    };

    public static IEnumerable<double> Y(Series series) => series switch
    {
        PointSeries points => points.Y,
        LineSeries line => line.Y,
        BarSeries { IsHorizontal: true } bars => Sides(bars.Y, bars.Width),
        BarSeries bars => bars.Y.Append(0),
        IntervalSeries intervals => intervals.Y,
        RasterSeries raster => [raster.Bottom, raster.Top],
        _ => [],
    };

    private static IEnumerable<double> Sides(IEnumerable<double> centres, double width) =>
        centres.SelectMany(centre => new[] { centre - (width / 2), centre + (width / 2) });
}
