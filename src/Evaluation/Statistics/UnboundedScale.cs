namespace SerLab.Evaluation.Statistics;

/// <summary>
/// Maps a value between bounds to the whole line, where its errors are more nearly alike on both sides, and back. Values at a
/// bound are taken to be half a clip from it.
/// </summary>
/// <param name="lowest">The lowest value there is, or minus infinity.</param>
/// <param name="highest">The highest value there is, or infinity.</param>
/// <param name="clips">Number of clips behind a value, at least 1.</param>
internal readonly struct UnboundedScale(double lowest, double highest, int clips)
{
    private readonly double margin =
        double.IsFinite(highest - lowest) ? (highest - lowest) / (2.0 * clips) : 1e-12;

    /// <summary>The place of a value on the line; it rises with the value.</summary>
    public double Of(double value) =>
        (double.IsFinite(lowest), double.IsFinite(highest)) switch
        {
            (true, true) => Math.Log(Above(value)) - Math.Log(Below(value)),
            (true, false) => Math.Log(Above(value)),
            (false, true) => -Math.Log(Below(value)),
            _ => value,
        };

    /// <summary>The value at a place on the line.</summary>
    public double Back(double place) =>
        (double.IsFinite(lowest), double.IsFinite(highest)) switch
        {
            (true, true) => lowest + ((highest - lowest) / (1 + Math.Exp(-place))),
            (true, false) => lowest + Math.Exp(place),
            (false, true) => highest - Math.Exp(-place),
            _ => place,
        };

    private double Above(double value) => Math.Max(value - lowest, margin);

    private double Below(double value) => Math.Max(highest - value, margin);
}
