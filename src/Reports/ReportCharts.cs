using System.Globalization;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Reports.Charts;
using SerLab.Training.Metrics;

namespace SerLab.Reports;

/// <summary>
/// The charts of a report, one function each, for reports, notebooks and documents alike. <see cref="SvgChart"/> draws what they
/// return; <see cref="PlotlyFigure"/> hands the data on.
/// </summary>
public static partial class ReportCharts
{
    // R² has no lower bound; one hopeless fold would squeeze all others into a corner.
    private const double LowestShown = -1;

    /// <summary>The metric in every fold, one point each, with a bar at the mean: how far a single fold can be trusted.</summary>
    /// <param name="run">The figures.</param>
    /// <param name="target">The target.</param>
    /// <param name="metric">Name of the metric, e.g. <c>r2</c>.</param>
    /// <param name="protocols">The protocols to show, in order; none: all.</param>
    public static Chart FoldStrip(RunFigures run, string target, string metric, params IReadOnlyList<string> protocols)
    {
        (ModelFigures[] rows, string[] shown, string[] models) = Select(run, target, protocols);
        List<Series> series = [];
        for (int p = 0; p < shown.Length; p++)
        {
            List<double> x = [], y = [], meanX = [], meanY = [];
            List<string> labels = [];
            foreach (ModelFigures row in rows.Where(r => r.Protocol == shown[p]))
            {
                MetricSummary summary = row[metric];
                double height = Height(models, row.Model, p, shown.Length);
                for (int fold = 0; fold < summary.Folds.Count; fold++)
                {
                    x.Add(Shown(summary.Folds[fold]));
                    y.Add(height);
                    labels.Add($"{row.Model}, {row.Protocol}, fold {fold}: {Figure.Text(summary.Folds[fold])}");
                }

                double half = 0.28 / shown.Length;
                meanX.AddRange([Shown(summary.Mean), Shown(summary.Mean), double.NaN]);
                meanY.AddRange([height - half, height + half, double.NaN]);
            }

            int colour = ColourOf(run, shown[p]);
            series.Add(new PointSeries(shown[p], x, y) { Labels = labels, Colour = colour });
            series.Add(new LineSeries(shown[p], meanX, meanY) { Colour = colour });
        }

        Metric measured = MetricOf(rows, metric);
        return new Chart
        {
            Title = $"{measured.Title} of {target} in every fold",
            X = MetricAxis(measured, rows.SelectMany(r => r[metric].Folds), $"{measured.Title} of one fold; bar: mean"),
            Y = new Axis { Title = "", Categories = models },
            Series = series,
            References = Zero(metric),
        };
    }

    /// <summary>
    /// The pooled metric with its 95 % interval under each protocol, model by model: what a leaky protocol adds to a figure.
    /// </summary>
    /// <inheritdoc cref="FoldStrip"/>
    public static Chart ByProtocol(RunFigures run, string target, string metric, params IReadOnlyList<string> protocols)
    {
        (ModelFigures[] rows, string[] shown, string[] models) = Select(run, target, protocols);
        Metric measured = MetricOf(rows, metric);
        return new Chart
        {
            Title = shown.Length switch
            {
                1 => $"{measured.Title} of {target} ({shown[0]})",
                2 => $"{measured.Title} of {target}: {shown[0]} against {shown[1]}",
                _ => $"{measured.Title} of {target} by protocol",
            },
            X = MetricAxis(
                measured, rows.Select(r => r[metric].Pooled).Concat(rows.Select(r => r[metric].Interval.Low)),
                $"{measured.Title}, pooled, with 95 % interval"),
            Y = new Axis { Title = "", Categories = models },
            Series =
            [
                .. shown.Select((protocol, p) =>
                {
                    ModelFigures[] those = [.. rows.Where(r => r.Protocol == protocol)];
                    return new IntervalSeries(
                        protocol,
                        [.. those.Select(r => Shown(r[metric].Interval.Low))],
                        [.. those.Select(r => Shown(r[metric].Pooled))],
                        [.. those.Select(r => Shown(r[metric].Interval.High))],
                        [.. those.Select(r => Height(models, r.Model, p, shown.Length))])
                    {
                        Colour = ColourOf(run, protocol),
                    };
                }),
            ],
            References = Zero(metric),
        };
    }

    /// <summary>Mean time of fitting one fold, per model, on a logarithmic scale; folds may have run side by side.</summary>
    /// <param name="timings">Times of folds; their targets and protocols are taken together.</param>
    public static Chart LearningTime(IReadOnlyList<FoldTiming> timings)
    {
        (string Model, double Fit, double Predict)[] models =
        [
            .. timings.GroupBy(t => t.Task.Model)
                .Select(g => (g.Key, Fit: g.Average(t => t.FitSeconds), g.Average(t => t.PredictSeconds)))
                .OrderByDescending(m => m.Fit).ThenBy(m => m.Key, StringComparer.Ordinal),
        ];
        double[] heights = [.. models.Select((_, i) => (double)i)];
        PointSeries Points(string name, double[] seconds) => new(name, Array.ConvertAll(seconds, s => Math.Max(s, 1e-6)), heights)
        {
            Labels =
            [
                .. models.Select((m, i) =>
                    string.Create(CultureInfo.InvariantCulture, $"{m.Model}: {seconds[i]:G3} s to {name}")),
            ],
        };
        return new Chart
        {
            Title = "Mean time of one fold",
            X = new Axis { Title = "seconds, logarithmic", IsLogarithmic = true },
            Y = new Axis { Title = "", Categories = [.. models.Select(m => m.Model)] },
            Series = [Points("learn", [.. models.Select(m => m.Fit)]), Points("predict", [.. models.Select(m => m.Predict)])],
        };
    }

    // The best model on top, by the protocol that is shown last.
    private static (ModelFigures[] Rows, string[] Protocols, string[] Models) Select(
        RunFigures run, string target, IReadOnlyList<string> protocols)
    {
        ModelFigures[] rows =
        [
            .. run.Rows.Where(r => r.Target == target && (protocols.Count == 0 || protocols.Contains(r.Protocol))),
        ];
        if (rows.Length == 0)
        {
            throw new ArgumentException($"The run has no figures of '{target}' under these protocols.", nameof(target));
        }

        string[] shown = protocols.Count > 0
            ? [.. protocols.Where(p => rows.Any(r => r.Protocol == p))]
            : [.. rows.Select(r => r.Protocol).Distinct()];
        string[] models = [.. run.Ranked(target, shown[^1]).Select(r => r.Model).Reverse()];
        return (rows, shown, models);
    }

    // A protocol has the same colour in all charts of a run.
    private static int ColourOf(RunFigures run, string protocol) =>
        run.Rows.Select(r => r.Protocol).Distinct().TakeWhile(name => name != protocol).Count();

    private static Metric MetricOf(ModelFigures[] rows, string metric) => rows[0][metric].Metric;

    internal static double Height(string[] models, string model, int protocol, int protocols) =>
        Array.IndexOf(models, model)
        + (protocols == 1 ? 0 : (0.5 - ((double)protocol / (protocols - 1))) * Math.Min(0.7, 0.16 * protocols));

    private static double Shown(double value) => double.IsNaN(value) ? value : Math.Max(value, LowestShown);

    private static Axis MetricAxis(Metric metric, IEnumerable<double> values, string title)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        bool cut = finite.Any(v => v < LowestShown);
        return new Axis
        {
            Title = cut ? $"{title}; below −1 drawn at −1" : title,
            Minimum = cut ? LowestShown : null,
            Maximum = finite.Length > 0 && metric.HigherIsBetter && finite.Max() > 0.8 ? 1 : null,
        };
    }

    private static ReferenceLine[] Zero(string metric) => metric is "r2" or "ccc" or "pearson" ? [ReferenceLine.Vertical(0)] : [];
}
