namespace SerLab.Training.Metrics;

/// <summary>Computes all metrics of a kind of target, once or for many weighted draws.</summary>
public interface IScorer
{
    /// <summary>What is computed, in order.</summary>
    IReadOnlyList<Metric> Metrics { get; }

    /// <summary>The one by which models are ranked and searches choose unless told otherwise: R², or UAR.</summary>
    Metric Headline { get; }

    /// <summary>
    /// Those that tables show, the most telling two first, and that paired tests compare: R², MSE and CCC, or accuracy and UAR.
    /// </summary>
    IReadOnlyList<Metric> Main { get; }

    /// <summary>The value of every metric; NaN where it is undefined.</summary>
    double[] Score(PredictionSet predictions);

    /// <summary>
    /// Prepares draws of whole groups: the returned function gives every metric when group g counts <c>weights[g]</c> times. It
    /// may keep buffers, so each thread prepares its own.
    /// </summary>
    /// <param name="predictions">The predictions.</param>
    /// <param name="groups">The group of each prediction, 0 … groupCount − 1.</param>
    /// <param name="groupCount">Number of groups.</param>
    Func<int[], double[]> PrepareDraws(PredictionSet predictions, int[] groups, int groupCount);
}

/// <summary>The metrics of ratings: <see cref="RegressionMetrics.All"/>.</summary>
public sealed class RegressionScorer : IScorer
{
    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics => RegressionMetrics.All;

    /// <inheritdoc/>
    public Metric Headline { get; init; } = RegressionMetrics.All[0];

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Main { get; init; } =
        [RegressionMetrics.All[0], RegressionMetrics.All[1], RegressionMetrics.All[^1]];

    /// <inheritdoc/>
    public double[] Score(PredictionSet predictions) =>
        RegressionMetrics.Values(RegressionMetrics.Moments(predictions.Truth, predictions.Predicted));

    /// <inheritdoc/>
    public Func<int[], double[]> PrepareDraws(PredictionSet predictions, int[] groups, int groupCount)
    {
        double origin = RegressionMetrics.Mean(predictions.Truth);
        RegressionMoments[] parts = new RegressionMoments[groupCount];
        Array.Fill(parts, RegressionMoments.Empty);
        for (int i = 0; i < predictions.Count; i++)
        {
            parts[groups[i]].Add(RegressionMoments.One(predictions.Truth[i], predictions.Predicted[i], origin), 1);
        }

        return weights =>
        {
            RegressionMoments sum = RegressionMoments.Empty;
            for (int g = 0; g < parts.Length; g++)
            {
                if (weights[g] > 0)
                {
                    sum.Add(parts[g], weights[g]);
                }
            }

            return RegressionMetrics.Values(sum);
        };
    }
}
