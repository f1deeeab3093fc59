using SerLab.Training.Metrics;

namespace SerLab.Evaluation.Figures;

/// <summary>What a model has in a group of features: how much worse it is without what they say, on clips it never met.</summary>
/// <param name="Protocol">Name of the protocol.</param>
/// <param name="Target">Name of the target.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Group">Name of the group of features.</param>
/// <param name="Features">Number of features in it.</param>
/// <param name="Losses">Of every main metric of the target, in order.</param>
public sealed record ImportanceFigures(
    string Protocol, string Target, string Model, string Group, int Features, IReadOnlyList<MetricLoss> Losses)
{
    /// <summary>The loss of a metric by name, e.g. <c>uar</c>.</summary>
    /// <exception cref="ArgumentException">There is no such metric.</exception>
    public MetricLoss this[string metric] => Losses.FirstOrDefault(loss => loss.Metric.Name == metric)
        ?? throw new ArgumentException($"There is no metric '{metric}'.", nameof(metric));
}

/// <summary>
/// How much worse a metric becomes when features are shuffled: above zero where they helped, whatever the metric. NaN where it is
/// not defined.
/// </summary>
/// <param name="Metric">What was measured.</param>
/// <param name="Folds">The loss in every fold, mean over shuffles.</param>
/// <param name="Mean">Mean over the folds in which it is defined.</param>
/// <param name="Std">Population standard deviation over the same folds.</param>
/// <param name="ShuffleStd">
/// Population standard deviation over the shuffles of one fold, mean over the same folds: how far a fold's loss is chance.
/// </param>
public sealed record MetricLoss(Metric Metric, IReadOnlyList<double> Folds, double Mean, double Std, double ShuffleStd);
