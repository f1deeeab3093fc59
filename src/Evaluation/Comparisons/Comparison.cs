using SerLab.Evaluation.Statistics;
using SerLab.Training.Metrics;

namespace SerLab.Evaluation.Comparisons;

/// <summary>
/// One metric of one model: per fold, over folds, pooled, with its interval. NaN is "not defined", to be shown as n/a.
/// </summary>
/// <param name="Metric">What was measured.</param>
/// <param name="Folds">The value of every fold, in order.</param>
/// <param name="Mean">Mean over the folds in which it is defined.</param>
/// <param name="Deviation">Population standard deviation over the same folds.</param>
/// <param name="Pooled">The metric of all out-of-fold predictions taken together.</param>
/// <param name="Interval">95 % group-level bootstrap interval of the pooled value.</param>
public sealed record MetricSummary(
    Metric Metric, IReadOnlyList<double> Folds, double Mean, double Deviation, double Pooled, Interval Interval)
{
    /// <summary>Number of folds in which the metric is defined.</summary>
    public int DefinedFolds => Folds.Count(double.IsFinite);
}

/// <summary>One line of a comparison: a model on a target under a protocol.</summary>
/// <param name="Protocol">Name of the protocol.</param>
/// <param name="Target">Name of the target.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Metrics">All metrics, in the order of the scorer.</param>
public sealed record ComparisonRow(string Protocol, string Target, string Model, IReadOnlyList<MetricSummary> Metrics)
{
    /// <summary>A metric by name, e.g. <c>r2</c>.</summary>
    /// <exception cref="ArgumentException">The row has no such metric.</exception>
    public MetricSummary this[string metric] => Metrics.FirstOrDefault(m => m.Metric.Name == metric)
        ?? throw new ArgumentException($"There is no metric '{metric}'.", nameof(metric));
}

/// <summary>How much better a naive protocol makes a model look than one that keeps together what belongs together.</summary>
/// <param name="Target">Name of the target.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Naive">Name of the protocol without a promise.</param>
/// <param name="Honest">Name of the protocol that keeps groups or sources whole.</param>
/// <param name="NaiveValue">Pooled value under the naive protocol.</param>
/// <param name="HonestValue">Pooled value under the honest one.</param>
public sealed record ProtocolGap(
    string Target, string Model, Metric Metric, string Naive, string Honest, double NaiveValue, double HonestValue)
{
    /// <summary>
    /// How much the naive figure flatters: naive minus honest where higher is better, honest minus naive where lower is.
    /// </summary>
    public double Flattery => Metric.HigherIsBetter ? NaiveValue - HonestValue : HonestValue - NaiveValue;
}

/// <summary>A paired test between two models on the same folds.</summary>
/// <param name="Protocol">Name of the protocol.</param>
/// <param name="Target">Name of the target.</param>
/// <param name="Metric">Name of the metric whose fold values are compared (accuracy for McNemar's test).</param>
/// <param name="Test"><c>corrected_t</c> or <c>mcnemar</c>.</param>
/// <param name="First">Name of one model.</param>
/// <param name="Second">Name of the other.</param>
/// <param name="Result">Difference first minus second, statistic and p-value.</param>
/// <param name="HolmPValue">The p-value corrected for all pairs of the same protocol, target, metric and test.</param>
public sealed record PairedTest(
    string Protocol,
    string Target,
    string Metric,
    string Test,
    string First,
    string Second,
    TestResult Result,
    double HolmPValue);

/// <summary>What a run found: every figure that a table, a report or a verdict shows.</summary>
/// <param name="Rows">One row per protocol, target and model.</param>
/// <param name="Gaps">Naive beside honest protocols, where both were run.</param>
/// <param name="Tests">Paired tests between models that saw the same folds.</param>
public sealed record Comparison(
    IReadOnlyList<ComparisonRow> Rows, IReadOnlyList<ProtocolGap> Gaps, IReadOnlyList<PairedTest> Tests)
{
    /// <summary>A row, or <see langword="null"/> where it was not run.</summary>
    public ComparisonRow? Find(string protocol, string target, string model) =>
        Rows.FirstOrDefault(row => row.Protocol == protocol && row.Target == target && row.Model == model);
}
