using SerLab.Evaluation.Figures;
using SerLab.Reports.Charts;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;

namespace SerLab.Reports;

/// <content>Charts of groups: how well each is predicted, and what it consists of.</content>
public static partial class ReportCharts
{
    private const int MostScores = 30;

    /// <summary>
    /// The score of every group with its 95 % interval over the group's clips, the worst on top: RMSE of a rating, accuracy of
    /// classes. Of more than thirty groups the thirty worst.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="target">Name of the target.</param>
    /// <param name="row">The model and the protocol.</param>
    /// <param name="kind">What kind of groups they are, e.g. <c>speaker</c>.</param>
    /// <param name="groups">The group of every clip of the run, e.g. its <c>Record.Folds.Groups</c>.</param>
    public static Chart GroupScores(
        RunFigures run, string target, ModelFigures row, string kind, IReadOnlyList<string> groups)
    {
        Target of = run.Description.TargetOf(target);
        Metric metric = GroupScore.MetricsOf(of)[0];
        IReadOnlyList<GroupScore> all = GroupScore.WorstFirst(run, of, row, groups);
        GroupScore[] shown = [.. all.Take(MostScores).Reverse()];
        return new Chart
        {
            Title = all.Count > shown.Length
                ? $"{metric.Title} of {target} by {kind}, the {shown.Length} worst of {all.Count}"
                : $"{metric.Title} of {target} by {kind}",
            X = new Axis
            {
                Title = $"{metric.Title} with 95 % interval",
                Minimum = 0,
                Maximum = metric.HigherIsBetter ? 1 : null,
            },
            Y = new Axis { Title = "", Categories = [.. shown.Select(score => score.Group)] },
            Series =
            [
                new IntervalSeries(
                    "",
                    [.. shown.Select(score => score.Intervals[0].Low)],
                    [.. shown.Select(score => score.Scores[0])],
                    [.. shown.Select(score => score.Intervals[0].High)],
                    [.. shown.Select((_, i) => (double)i)])
                {
                    Labels = [.. shown.Select(score => score.Group)],
                },
            ],
            References = [ReferenceLine.Vertical(row[metric.Name].Pooled)],
        };
    }

    /// <summary>The height of a chart with a line for each group.</summary>
    internal static int HeightOfGroups(int groups) => 110 + (18 * Math.Clamp(groups, 4, MostScores));

    /// <summary>
    /// Median and the middle 80 % of the ratings of every group beside those of its predictions, the highest rated on top:
    /// whether groups differ by themselves, and whether a model follows. Of more than thirty groups the thirty with most clips.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="target">Name of a rating.</param>
    /// <param name="row">The model and the protocol.</param>
    public static Chart RatingsByGroup(RunFigures run, string target, ModelFigures row)
    {
        IReadOnlyList<string> groups = run.Record.Folds.Groups;
        string kind = run.Record.Folds.GroupKind ?? "group";
        IGrouping<string, ClipOutcome>[] all =
            [.. ClipOutcome.Of(run, target, row.Model, row.Protocol).GroupBy(clip => groups[clip.Clip])];
        (string Group, double[] Rated, double[] Predicted)[] shown =
        [
            .. all.OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Take(MostScores)
                .Select(group => (
                    group.Key, group.Select(clip => clip.Truth).Order().ToArray(),
                    group.Select(clip => clip.Predicted).Order().ToArray()))
                .OrderBy(group => Quantile(group.Item2, 0.5)).ThenBy(group => group.Key, StringComparer.Ordinal),
        ];
        string[] names = [.. shown.Select(group => group.Group)];
        return new Chart
        {
            Title = all.Length > shown.Length
                ? $"{target} by {kind}, rated and predicted: the {shown.Length} largest of {all.Length}"
                : $"{target} by {kind}, rated and predicted",
            X = new Axis { Title = $"{target}: median, and the middle 80 % of clips" },
            Y = new Axis { Title = "", Categories = names },
            Series =
            [
                Middle("rated", [.. shown.Select(group => group.Rated)], 0.17) with { Colour = 0, Labels = names },
                Middle("predicted", [.. shown.Select(group => group.Predicted)], -0.17) with { Colour = 1, Labels = names },
            ],
        };

        static IntervalSeries Middle(string name, double[][] values, double shift) => new(
            name,
            [.. values.Select(sorted => Quantile(sorted, 0.1))],
            [.. values.Select(sorted => Quantile(sorted, 0.5))],
            [.. values.Select(sorted => Quantile(sorted, 0.9))],
            [.. values.Select((_, i) => i + shift)]);
    }

    /// <summary>How many clips of each class a group has. Of more than thirty groups the thirty with most clips.</summary>
    /// <param name="run">The run.</param>
    /// <param name="target">Name of a target of classes.</param>
    /// <param name="row">A model and the protocol whose clips are counted.</param>
    public static Chart ClassesByGroup(RunFigures run, string target, ModelFigures row)
    {
        IReadOnlyList<string> classes = run.Description.TargetOf(target).Classes;
        GroupMakeup makeup = GroupMakeup.Of(run, target, row);
        string kind = run.Record.Folds.GroupKind ?? "group";
        (string Group, int[] Counts)[] shown =
        [
            .. makeup.Counts.OrderByDescending(group => group.Counts.Sum()).ThenBy(group => group.Group, StringComparer.Ordinal)
                .Take(MostScores).OrderByDescending(group => group.Group, StringComparer.Ordinal),
        ];
        return new Chart
        {
            Title = makeup.Counts.Count > shown.Length
                ? $"Clips by {kind} and {target}: the {shown.Length} largest of {makeup.Counts.Count}"
                : $"Clips by {kind} and {target}",
            X = new Axis { Title = target, Categories = classes },
            Y = new Axis { Title = "", Categories = [.. shown.Select(group => group.Group)] },
            Series =
            [
                new HeatmapSeries("clips", [.. shown.Select(group => Array.ConvertAll(group.Counts, count => (double)count))]),
            ],
        };
    }

    // Linear between the order statistics, as numpy's default.
    private static double Quantile(double[] sorted, double share)
    {
        double at = share * (sorted.Length - 1);
        int below = (int)at;
        return below + 1 < sorted.Length
            ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below]))
            : sorted[below];
    }
}
