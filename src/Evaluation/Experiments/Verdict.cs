using SerLab.Training.Metrics;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Experiments;

/// <summary>Whether our figure confirms a published one.</summary>
public enum Verdict
{
    /// <summary>Our mean lies within one standard deviation of the published mean.</summary>
    Reproduced,

    /// <summary>Within two.</summary>
    Close,

    /// <summary>Farther away.</summary>
    Differs,
}

/// <summary>How far our figure lies from a published one.</summary>
/// <param name="Difference">Ours minus theirs.</param>
/// <param name="Spread">
/// The standard deviation that it is measured by: the published one; of a single split its binomial error and our own spread over
/// splits together, since another split would have given them another figure.
/// </param>
/// <param name="Verdict">What follows.</param>
public sealed record FigureComparison(double Difference, double Spread, Verdict Verdict)
{
    /// <summary>The difference in units of the spread.</summary>
    public double InStds => Difference / Spread;

    /// <summary>
    /// Compares a mean with a published value; none where no spread was published or ours is not defined.
    /// </summary>
    /// <param name="ours">Our mean.</param>
    /// <param name="published">The published value.</param>
    /// <param name="overSplits">Standard deviation of ours over splits; 0 where there is one only.</param>
    public static FigureComparison? Of(double ours, PublishedValue published, double overSplits = 0)
    {
        if (published.Std is not > 0 || !double.IsFinite(ours))
        {
            return null;
        }

        double difference = ours - published.Mean;
        double spread = published.IsOneSplit ? double.Hypot(published.Std.Value, overSplits) : published.Std.Value;
        return new FigureComparison(difference, spread, Math.Abs(difference / spread) switch
        {
            <= 1 => Verdict.Reproduced,
            <= 2 => Verdict.Close,
            _ => Verdict.Differs,
        });
    }
}

/// <summary>
/// Where a published mean lies among the means that our seeds gave. Whoever shuffled without a seed published one draw of such a
/// distribution.
/// </summary>
/// <param name="Lower">How many of ours are lower.</param>
/// <param name="Reached">How many of ours are as good or better.</param>
/// <param name="Seeds">How many there are.</param>
/// <param name="InOurStds">
/// Published minus the mean of ours, in population standard deviations of ours; NaN where ours are all equal.
/// </param>
public sealed record PublishedPlace(int Lower, int Reached, int Seeds, double InOurStds)
{
    /// <summary>Finds the place; none with fewer than two seeds.</summary>
    /// <param name="ours">The mean of every seed.</param>
    /// <param name="published">The published mean.</param>
    /// <param name="higherIsBetter">Whether larger values are better.</param>
    public static PublishedPlace? Of(IReadOnlyList<double> ours, double published, bool higherIsBetter)
    {
        if (ours.Count < 2 || !ours.All(double.IsFinite))
        {
            return null;
        }

        double std = SplitMath.Deviation([.. ours]);
        return new PublishedPlace(
            ours.Count(mean => mean < published),
            ours.Count(mean => higherIsBetter ? mean >= published : mean <= published),
            ours.Count,
            std > 0 ? (published - RegressionMetrics.Mean([.. ours])) / std : double.NaN);
    }
}
