using SerLab.Evaluation.Statistics;
using SerLab.Training.Metrics;

namespace SerLab.Evaluation.Figures;

/// <summary>
/// One metric of one model: per fold, over folds, pooled, with its interval. NaN is "not defined", to be shown as n/a.
/// </summary>
/// <param name="Metric">What was measured.</param>
/// <param name="Folds">The value of every fold, in order.</param>
/// <param name="Mean">Mean over the folds in which it is defined.</param>
/// <param name="Std">Population standard deviation over the same folds.</param>
/// <param name="Pooled">The metric of all out-of-fold predictions taken together.</param>
/// <param name="Interval">95 % interval of the pooled value over groups, see <see cref="GroupJackknife"/>.</param>
public sealed record MetricSummary(
    Metric Metric, IReadOnlyList<double> Folds, double Mean, double Std, double Pooled, ConfidenceInterval Interval)
{
    /// <summary>Number of folds in which the metric is defined.</summary>
    public int DefinedFolds => Folds.Count(double.IsFinite);
}

/// <summary>One line of a comparison: the figures of a model on a target under a protocol.</summary>
/// <param name="Protocol">Name of the protocol.</param>
/// <param name="Target">Name of the target.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Metrics">All metrics, in the order of the scorer.</param>
public sealed record ModelFigures(string Protocol, string Target, string Model, IReadOnlyList<MetricSummary> Metrics)
{
    /// <summary>A metric by name, e.g. <c>r2</c>.</summary>
    /// <exception cref="ArgumentException">There is no such metric.</exception>
    public MetricSummary this[string metric] => Metrics.FirstOrDefault(m => m.Metric.Name == metric)
        ?? throw new ArgumentException($"There is no metric '{metric}'.", nameof(metric));
}
