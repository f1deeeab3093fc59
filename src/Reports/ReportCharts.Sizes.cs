using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Protocols;
using SerLab.Reports.Charts;

namespace SerLab.Reports;

/// <content>Charts of how much there was to learn from.</content>
public static partial class ReportCharts
{
    // Intervals of two curves at one place stand beside each other.
    private const double Apart = 0.008;

    /// <summary>
    /// Learning curves of one model over the number of training clips: with fewer whole groups, and with fewer clips of each; the
    /// pooled metric with its 95 % interval.
    /// </summary>
    /// <param name="run">The figures.</param>
    /// <param name="target">The target.</param>
    /// <param name="model">The model.</param>
    public static Chart SizeCurves(RunFigures run, string target, string model)
    {
        SizeCurve[] curves = [.. run.SizeCurves.Where(curve => curve.Target == target && curve.Model == model)];
        if (curves.Length == 0)
        {
            throw new ArgumentException($"The run has no learning curves of '{target}' by '{model}'.", nameof(model));
        }

        string metric = curves[0].Metric.Title;
        string? kind = run.Record.Folds.GroupKind;
        double all = curves.Max(curve => curve.Points.Max(point => point.Clips));
        return new Chart
        {
            Title = $"{metric} of {target} by how much {model} learnt from",
            X = new Axis { Title = "clips learnt from, mean over folds", Minimum = 0 },
            Y = new Axis { Title = $"{metric}, pooled, with 95 % interval" },
            Series = [.. curves.Index().SelectMany(curve => SeriesOf(curve.Item, (curve.Index - 0.5) * Apart * all))],
        };

        IEnumerable<Series> SeriesOf(SizeCurve curve, double shift)
        {
            string name = curve.Unit == TrainingUnit.Groups ? $"fewer {run.Record.Folds.GroupKinds}"
                : kind is null ? "fewer clips" : $"fewer clips of each {kind}";
            double[] x = [.. curve.Points.Select(point => point.Clips + shift)];
            double[] y = [.. curve.Points.Select(point => Shown(point.Pooled))];
            yield return new LineSeries(name, x, y);
            yield return new LineSeries(
                name,
                [.. x.SelectMany(at => new[] { at, at, double.NaN })],
                [.. curve.Points.SelectMany(point => new[] { Shown(point.Interval.Low), point.Interval.High, double.NaN })]);
            yield return new PointSeries(name, x, y)
            {
                Labels =
                [
                    .. curve.Points.Select(point =>
                        $"{name}, {point.Percent} %: {Figure.Text(point.Pooled)} {Figure.Text(point.Interval)}"),
                ],
            };
        }
    }
}
