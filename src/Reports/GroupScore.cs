using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Statistics;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;

namespace SerLab.Reports;

/// <summary>How well the clips of one group are predicted.</summary>
/// <param name="Group">Name of the group.</param>
/// <param name="Predictions">Number of predictions of its clips.</param>
/// <param name="Scores">The metrics that tell of a group, in order.</param>
/// <param name="Intervals">Their 95 % intervals over the clips of the group, taken as independent.</param>
internal sealed record GroupScore(
    string Group, int Predictions, IReadOnlyList<double> Scores, IReadOnlyList<ConfidenceInterval> Intervals)
{
    // A jackknife that leaves out so many parts in turn says as much as one over every clip of a large group.
    private const int MostParts = 200;

    /// <summary>What is measured: metrics that mean something where a group has one class, or hardly differing ratings.</summary>
    public static IReadOnlyList<Metric> MetricsOf(Target target)
    {
        string[] names = target.IsRating ? ["rmse", "mae"] : ["accuracy", "uar"];
        return [.. names.Select(name => target.Scorer.Metrics.First(metric => metric.Name == name))];
    }

    /// <summary>All groups, the worst predicted first.</summary>
    /// <param name="run">The run.</param>
    /// <param name="target">What is predicted.</param>
    /// <param name="row">The model and the protocol.</param>
    /// <param name="groups">The group of every clip of the run.</param>
    public static IReadOnlyList<GroupScore> WorstFirst(
        RunFigures run, Target target, ModelFigures row, IReadOnlyList<string> groups)
    {
        (int[] clips, PredictionSet set) = run.OutOfFold(row.Protocol, target.Name, row.Model);
        IReadOnlyList<Metric> metrics = MetricsOf(target);
        int[] columns = [.. metrics.Select(metric => target.Scorer.Metrics.Index().First(m => m.Item == metric).Index)];
        return
        [
            .. Enumerable.Range(0, clips.Length).GroupBy(i => groups[clips[i]])
                .Select(group => Of(group.Key, set.Select([.. group]), [.. group.Select(i => clips[i])]))
                .OrderBy(score => metrics[0].HigherIsBetter ? score.Scores[0] : -score.Scores[0])
                .ThenBy(score => score.Group, StringComparer.Ordinal),
        ];

        GroupScore Of(string group, PredictionSet own, int[] ownClips)
        {
            int[] distinct = [.. ownClips.Distinct()];
            int parts = Math.Min(distinct.Length, MostParts);
            Dictionary<int, int> partOf = distinct.Index().ToDictionary(clip => clip.Item, clip => clip.Index % parts);
            double[] scores = target.Scorer.Score(own);
            ConfidenceInterval[] intervals = GroupJackknife.Intervals(
                parts,
                own.Count,
                target.Scorer.Metrics,
                target.Scorer.PrepareDraws(own, Array.ConvertAll(ownClips, clip => partOf[clip]), parts));
            return new GroupScore(
                group,
                own.Count,
                [.. columns.Select(column => scores[column])],
                [.. columns.Select(column => intervals[column])]);
        }
    }
}
