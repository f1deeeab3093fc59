using SerLab.Evaluation.Figures;
using SerLab.Reports.Charts;
using SerLab.Training.Metrics;

namespace SerLab.Reports;

/// <content>Charts of what models have in their features.</content>
public static partial class ReportCharts
{
    /// <summary>
    /// How much of the headline metric every model loses when a group of features is shuffled among the test clips: mean over
    /// folds and one standard deviation of folds to both sides, the most important group on top.
    /// </summary>
    /// <param name="run">The figures.</param>
    /// <param name="target">The target.</param>
    /// <param name="protocol">The protocol.</param>
    /// <param name="most">How many groups are shown at most.</param>
    public static Chart Importance(RunFigures run, string target, string protocol, int most = 25)
    {
        Metric metric = run.Description.TargetOf(target).Scorer.Headline;
        string[] groups = [.. ImportanceOrder.Of(run, target, protocol).Take(most).Reverse()];
        string[] models = [.. run.Ranked(target, protocol).Select(row => row.Model)];
        if (groups.Length == 0)
        {
            throw new ArgumentException($"The run has no importance for '{target}' under '{protocol}'.", nameof(target));
        }

        return new Chart
        {
            Title = $"What {target} is told from ({protocol})",
            X = new Axis { Title = $"{metric.Title} lost without it, mean over folds ± std" },
            Y = new Axis { Title = "", Categories = groups },
            Series =
            [
                .. models.Select((model, position) =>
                {
                    (string Group, MetricLoss Loss)[] losses =
                    [
                        .. run.Importance.Where(row => row.Protocol == protocol && row.Target == target && row.Model == model
                            && groups.Contains(row.Group)).Select(row => (row.Group, row[metric.Name])),
                    ];
                    return new IntervalSeries(
                        model,
                        [.. losses.Select(row => row.Loss.Mean - row.Loss.Std)],
                        [.. losses.Select(row => row.Loss.Mean)],
                        [.. losses.Select(row => row.Loss.Mean + row.Loss.Std)],
                        [.. losses.Select(row => Height(groups, row.Group, position, models.Length))]);
                }),
            ],
            References = [ReferenceLine.Vertical(0)],
        };
    }
}
