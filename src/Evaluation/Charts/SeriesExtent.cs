namespace SerLab.Evaluation.Charts;

/// <summary>The values of a series that must be visible on each axis.</summary>
internal static class SeriesExtent
{
    public static IEnumerable<double> X(Series series) => series switch
    {
        PointSeries points => points.X,
        LineSeries line => line.X,
        BarSeries bars => bars.X.SelectMany(x => new[] { x - (bars.Width / 2), x + (bars.Width / 2) }),
        IntervalSeries intervals => intervals.Low.Concat(intervals.High).Concat(intervals.Centre),
        _ => [],
    };

    public static IEnumerable<double> Y(Series series) => series switch
    {
        PointSeries points => points.Y,
        LineSeries line => line.Y,
        BarSeries bars => bars.Y.Append(0),
        IntervalSeries intervals => intervals.Y,
        _ => [],
    };
}
