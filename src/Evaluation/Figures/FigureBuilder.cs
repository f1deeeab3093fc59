using SerLab.Core;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Statistics;
using SerLab.Training.Metrics;
using SerLab.Training.Search;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Figures;

/// <summary>Computes the figures of a run from its record.</summary>
internal static class FigureBuilder
{
    public static RunFigures Build(RunRecord record, int threads)
    {
        FoldPrediction[][] cells =
        [
            .. record.Predictions.GroupBy(p => p.Task with { Fold = 0 }).Select(cell => cell.OrderBy(p => p.Task.Fold).ToArray()),
        ];
        ModelFigures[] rows = new ModelFigures[cells.Length];
        ParallelWork.For(cells.Length, threads, i => rows[i] = Summarise(cells[i], record), CancellationToken.None);
        return new RunFigures(record)
        {
            Rows = rows,
            Optimism = Optimism(rows, record.Description.Protocols),
            Tests = [.. PairedTestBuilder.Build(record, rows, cells)],
            Searches = Searches(record, rows),
        };
    }

    private static ModelFigures Summarise(FoldPrediction[] cell, RunRecord record)
    {
        FoldTask task = cell[0].Task;
        IScorer scorer = record.Description.TargetOf(task.Target).Scorer;
        double[][] perFold = [.. cell.Select(fold => scorer.Score(fold.Predictions))];
        PredictionSet all = PredictionSet.Join([.. cell.Select(fold => fold.Predictions)]);
        double[] pooled = scorer.Score(all);

        (int[] groups, int groupCount) =
            SplitMath.NumberAscending([.. cell.SelectMany(fold => fold.Clips).Select(clip => record.Folds.GroupNumbers[clip])]);
        ConfidenceInterval[] intervals = GroupBootstrap.Intervals(
            groupCount,
            pooled.Length,
            scorer.PrepareDraws(all, groups, groupCount),
            record.Description.BootstrapDraws,
            record.Description.Seed);
        return new ModelFigures(task.Protocol, task.Target, task.Model,
        [
            .. scorer.Metrics.Select((metric, m) =>
            {
                double[] values = Array.ConvertAll(perFold, fold => fold[m]);
                double[] defined = Array.FindAll(values, double.IsFinite);
                return new MetricSummary(
                    metric,
                    values,
                    defined.Length == 0 ? double.NaN : RegressionMetrics.Mean(defined),
                    defined.Length == 0 ? double.NaN : SplitMath.Deviation(defined),
                    pooled[m],
                    intervals[m]);
            }),
        ]);
    }

    private static List<ProtocolOptimism> Optimism(ModelFigures[] rows, IReadOnlyList<RecordedProtocol> protocols)
    {
        Dictionary<string, RecordedProtocol> byName = protocols.ToDictionary(p => p.Name);
        return
        [
            .. from leaky in rows
               from honest in rows
               where honest.Target == leaky.Target && honest.Model == leaky.Model
                   && HeadlinePolicy.ArePair(byName[leaky.Protocol], byName[honest.Protocol], protocols)
               from metric in leaky.Metrics
               select new ProtocolOptimism(
                   leaky.Target,
                   leaky.Model,
                   metric.Metric,
                   leaky.Protocol,
                   honest.Protocol,
                   metric.Pooled,
                   honest[metric.Metric.Name].Pooled),
        ];
    }

    private static List<SearchFigures> Searches(RunRecord record, ModelFigures[] rows) =>
    [
        .. from folds in record.Searches.GroupBy(search => search.Task with { Fold = 0 })
           let searches = folds.OrderBy(search => search.Task.Fold).ToArray()
           let row = rows.First(r => (r.Protocol, r.Target, r.Model) == (folds.Key.Protocol, folds.Key.Target, folds.Key.Model))
           let nested = row[searches[0].Table.Metric.Name]
           select new SearchFigures(
               row.Protocol,
               row.Target,
               row.Model,
               OverFolds(searches),
               [
                   .. searches.Select((search, i) => new FoldChoice(
                       search.Task.Fold, search.Table.Folds, search.Table.Best, nested.Folds[i])),
               ],
               nested),
    ];

    private static SearchTable OverFolds(FoldSearch[] searches)
    {
        IReadOnlyList<SearchCandidate> candidates = searches[0].Table.Candidates;
        return SearchTable.Of(
            searches[0].Table.Metric,
            $"{searches.Length} folds, in each {searches[0].Table.Folds}",
            [.. candidates.Select(candidate => candidate.Settings)],
            [.. candidates.Select((_, c) => Array.ConvertAll(searches, search => search.Table.Candidates[c].Mean))]);
    }
}
