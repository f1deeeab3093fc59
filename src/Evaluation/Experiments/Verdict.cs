namespace SerLab.Evaluation.Experiments;

/// <summary>Whether our figure confirms a published one.</summary>
public enum Verdict
{
    /// <summary>Our mean lies within one published standard deviation of the published mean.</summary>
    Reproduced,

    /// <summary>Within two.</summary>
    Close,

    /// <summary>Farther away.</summary>
    Differs,
}

/// <summary>How far our figure lies from a published one.</summary>
/// <param name="Difference">Ours minus theirs.</param>
/// <param name="InStds">The difference in units of the published standard deviation.</param>
/// <param name="Verdict">What follows.</param>
public sealed record FigureComparison(double Difference, double InStds, Verdict Verdict)
{
    /// <summary>
    /// Compares a mean with a published value; none where no spread was published or ours is not defined.
    /// </summary>
    public static FigureComparison? Of(double ours, PublishedValue published)
    {
        if (published.Std is not > 0 || !double.IsFinite(ours))
        {
            return null;
        }

        double difference = ours - published.Mean;
        double units = difference / published.Std.Value;
        return new FigureComparison(difference, units, Math.Abs(units) switch
        {
            <= 1 => Verdict.Reproduced,
            <= 2 => Verdict.Close,
            _ => Verdict.Differs,
        });
    }
}
