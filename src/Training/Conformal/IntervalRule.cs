namespace SerLab.Training.Conformal;

/// <summary>Turns a predicted rating into an interval. Immutable.</summary>
/// <param name="Margin">How far the interval reaches to either side of the prediction, at least 0.</param>
/// <param name="Minimum">The lowest rating there is.</param>
/// <param name="Maximum">The highest rating there is.</param>
public sealed record IntervalRule(double Margin, double Minimum, double Maximum)
{
    /// <summary>The interval around a prediction, within the range of ratings.</summary>
    public (double Low, double High) Around(double prediction) =>
        (Math.Clamp(prediction - Margin, Minimum, Maximum), Math.Clamp(prediction + Margin, Minimum, Maximum));
}
