using SerLab.Evaluation.Records;

namespace SerLab.Evaluation.Figures;

/// <summary>The files that hold a run's figures.</summary>
internal static class FigureFiles
{
    /// <summary>
    /// <c>metrics.csv</c>: protocol, target, model, metric, scope, value. The scope is the number of a fold, <c>mean</c>,
    /// <c>std</c> (population), <c>pooled</c>, or <c>low</c> and <c>high</c> (95 % interval of the pooled value). NaN is "not
    /// defined".
    /// </summary>
    public static string Metrics(RunFigures figures) => CsvText.Write(
        ["protocol", "target", "model", "metric", "scope", "value"],
        from row in figures.Rows
        from metric in row.Metrics
        from figure in Values(metric)
        select new[] { row.Protocol, row.Target, row.Model, metric.Metric.Name, figure.Scope, CsvText.Number(figure.Value) });

    /// <summary><c>tests.csv</c>: the paired tests between models.</summary>
    public static string Tests(RunFigures figures) => CsvText.Write(
        ["protocol", "target", "metric", "test", "first", "second", "difference", "statistic", "p", "p_holm"],
        figures.Tests.Select(test => new[]
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

    private static IEnumerable<(string Scope, double Value)> Values(MetricSummary metric) =>
    [
        .. metric.Folds.Select((value, i) => (CsvText.Number(i), value)),
        ("mean", metric.Mean),
        ("std", metric.Std),
        ("pooled", metric.Pooled),
        ("low", metric.Interval.Low),
        ("high", metric.Interval.High),
    ];
}
