using SerLab.Evaluation.Experiments;
using SerLab.Reports.Charts;
using SerLab.Training.Metrics;

namespace SerLab.Reports;

/// <summary>The figures of a series, one per target and feature set: how every learner does under every protocol.</summary>
public static class SeriesCharts
{
    /// <summary>All figures as files of the series' folder: <c>arousal-emo74.svg</c>.</summary>
    public static SeriesDocument Document { get; } = new(reproduction =>
        from figure in reproduction.Figures
        group figure by (figure.Target, figure.FeatureSet) into shown
        select KeyValuePair.Create(
            $"{shown.Key.Target}-{shown.Key.FeatureSet}.svg",
            SvgChart.Render(ByProtocol(reproduction, shown.Key.Target, shown.Key.FeatureSet))));

    /// <summary>
    /// The first metric's mean over folds under every protocol of every part, one standard deviation of folds to both sides, and
    /// published values in rows of their own. Of several seeds the means of both are shown.
    /// </summary>
    /// <param name="reproduction">The outcome of a series.</param>
    /// <param name="target">Name of the target.</param>
    /// <param name="featureSet">Id of the feature set.</param>
    /// <exception cref="ArgumentException">The series has no such figures.</exception>
    public static Chart ByProtocol(Reproduction reproduction, string target, string featureSet)
    {
        SeriesFigure[] all = [.. reproduction.Figures.Where(f => f.Target == target && f.FeatureSet == featureSet)];
        if (all.Length == 0)
        {
            throw new ArgumentException($"The series has no figures of '{target}' with '{featureSet}'.", nameof(target));
        }

        string metric = all[0].Metric;
        string title = RegressionMetrics.All.FirstOrDefault(m => m.Name == metric)?.Title ?? Figure.Capital(metric);
        SeriesFigure[] shown = [.. all.Where(f => f.Metric == metric)];
        string[] rows = [.. shown.SelectMany(RowsOf).Distinct().Reverse()];
        string[] learners = [.. shown.Select(f => f.Learner).Distinct()];
        return new Chart
        {
            Title = $"{title} of {target}, {featureSet}",
            X = new Axis { Title = $"{title}, mean over folds ± std" },
            Y = new Axis { Title = "", Categories = rows },
            Series = [.. learners.Select((learner, k) => SeriesOf(learner, k))],
        };

        IntervalSeries SeriesOf(string learner, int position)
        {
            (double Mean, double Std, string Row)[] marks =
            [
                .. from f in shown
                   where f.Learner == learner
                   from mark in f.Published is { } theirs
                       ? new[] { (theirs.Mean, theirs.Std ?? 0, PublishedRowOf(f)), (f.Mean, Spread(f), RowOf(f)) }
                       : [(f.Mean, Spread(f), RowOf(f))]
                   select mark,
            ];
            return new IntervalSeries(
                learner,
                [.. marks.Select(mark => mark.Mean - mark.Std)],
                [.. marks.Select(mark => mark.Mean)],
                [.. marks.Select(mark => mark.Mean + mark.Std)],
                [.. marks.Select(mark => ReportCharts.Height(rows, mark.Row, position, learners.Length))]);
        }
    }

    private static IEnumerable<string> RowsOf(SeriesFigure figure) =>
        figure.Published is null ? [RowOf(figure)] : [PublishedRowOf(figure), RowOf(figure)];

    private static string RowOf(SeriesFigure figure) =>
        figure.Part.Length > 0 ? $"{figure.Part}: {figure.Protocol}" : figure.Protocol;

    private static string PublishedRowOf(SeriesFigure figure) => $"published, {figure.Protocol}";

    // A single hold-out has no spread of its own; its seeds have.
    private static double Spread(SeriesFigure figure) =>
        figure.Seeds[0].Folds.Count > 1 ? figure.Seeds.Average(seed => seed.Std) : figure.Std;
}
