using SerLab.Evaluation.Comparisons;
using SerLab.Evaluation.CrossValidation;

namespace SerLab.Evaluation.Runs;

/// <summary>The files that hold a run's figures, and the one that holds its times.</summary>
public static class FigureFiles
{
    /// <summary>
    /// <c>metrics.csv</c>: protocol, target, model, metric, scope, value. The scope is the number of a fold, <c>mean</c>,
    /// <c>std</c> (population), <c>pooled</c>, or <c>low</c> and <c>high</c> (95 % interval of the pooled value). NaN is "not
    /// defined".
    /// </summary>
    public static string Metrics(Comparison comparison) => CsvText.Write(
        ["protocol", "target", "model", "metric", "scope", "value"],
        from row in comparison.Rows
        from metric in row.Metrics
        from figure in Figures(metric)
        select new[] { row.Protocol, row.Target, row.Model, metric.Metric.Name, figure.Scope, CsvText.Number(figure.Value) });

    /// <summary><c>tests.csv</c>: the paired tests between models.</summary>
    public static string Tests(Comparison comparison) => CsvText.Write(
        ["protocol", "target", "metric", "test", "first", "second", "difference", "statistic", "p", "p_holm"],
        comparison.Tests.Select(test => new[]
        {
            test.Protocol,
            test.Target,
            test.Metric,
            test.Test,
            test.First,
            test.Second,
            CsvText.Number(test.Result.Difference),
            CsvText.Number(test.Result.Statistic),
            CsvText.Number(test.Result.PValue),
            CsvText.Number(test.HolmPValue),
        }));

    /// <summary><c>timing.csv</c>: seconds of every fit and prediction; the only file that differs between equal runs.</summary>
    public static string Timing(IReadOnlyList<FoldTiming> timings) => CsvText.Write(
        ["protocol", "target", "model", "fold", "fit_seconds", "predict_seconds"],
        timings.Select(t => new[]
        {
            t.Protocol,
            t.Target,
            t.Model,
            CsvText.Number(t.Fold),
            t.FitSeconds.ToString("F6", System.Globalization.CultureInfo.InvariantCulture),
            t.PredictSeconds.ToString("F6", System.Globalization.CultureInfo.InvariantCulture),
        }));

    private static IEnumerable<(string Scope, double Value)> Figures(MetricSummary metric) =>
    [
        .. metric.Folds.Select((value, i) => (CsvText.Number(i), value)),
        ("mean", metric.Mean),
        ("std", metric.Deviation),
        ("pooled", metric.Pooled),
        ("low", metric.Interval.Low),
        ("high", metric.Interval.High),
    ];
}
