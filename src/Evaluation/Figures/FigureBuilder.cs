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
        CoverageFigures?[] coverage = new CoverageFigures?[cells.Length];
        CalibrationFigures?[] calibration = new CalibrationFigures?[cells.Length];
        string headline = HeadlinePolicy.Headline(record.Description.Protocols).Name;
        ParallelWork.For(
            cells.Length,
            threads,
            i =>
            {
                rows[i] = Summarise(cells[i], record);
                if (cells[i][0].Task.Protocol == headline)
                {
                    coverage[i] = CoverageBuilder.Build(record, cells[i]);
                    calibration[i] = CalibrationBuilder.Build(record, cells[i]);
                }
            },
            CancellationToken.None);
        return new RunFigures(record)
        {
            Rows = rows,
            Optimism = Optimism(record, rows, cells),
            Tests = [.. PairedTestBuilder.Build(record, rows, cells)],
            Searches = Searches(record, rows),
            Coverage = [.. coverage.OfType<CoverageFigures>()],
            Calibration = [.. calibration.OfType<CalibrationFigures>()],
            Importance = [.. ImportanceBuilder.Build(record, rows)],
            SizeCurves = [.. SizeCurveBuilder.Build(record, rows, cells)],
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
        ConfidenceInterval[] intervals = GroupJackknife.Intervals(
            groupCount, all.Count, scorer.Metrics, scorer.PrepareDraws(all, groups, groupCount));
        return new ModelFigures(task.Protocol, task.Target, task.Model,
        [
            .. scorer.Metrics.Select((metric, m) =>
            {
                double[] values = Array.ConvertAll(perFold, fold => fold[m]);
                FoldSpread spread = FoldSpread.Of(values);
                return new MetricSummary(metric, values, spread.Mean, spread.Std, pooled[m], intervals[m]);
            }),
        ]);
    }

    /// <summary>
    /// Leaky beside honest, on the clips that both test: mixes that a protocol drops may be easier or harder than the rest, and
    /// that difference is no leak. Protocols that test no clip in common, as a hold-out and its training clips, are not compared.
    /// </summary>
    private static List<ProtocolOptimism> Optimism(RunRecord record, ModelFigures[] rows, FoldPrediction[][] cells)
    {
        IReadOnlyList<RecordedProtocol> protocols = record.Description.Protocols;
        Dictionary<string, RecordedProtocol> byName = protocols.ToDictionary(p => p.Name);
        List<ProtocolOptimism> found = [];
        for (int leaky = 0; leaky < rows.Length; leaky++)
        {
            for (int honest = 0; honest < rows.Length; honest++)
            {
                if (rows[honest].Target == rows[leaky].Target && rows[honest].Model == rows[leaky].Model
                    && HeadlinePolicy.ArePair(byName[rows[leaky].Protocol], byName[rows[honest].Protocol], protocols)
                    && cells[leaky].SelectMany(fold => fold.Clips).Intersect(cells[honest].SelectMany(fold => fold.Clips)).Any())
                {
                    double[] flattering = PooledOn(cells[honest], cells[leaky], rows[leaky], record);
                    double[] hard = PooledOn(cells[leaky], cells[honest], rows[honest], record);
                    found.AddRange(rows[leaky].Metrics.Select((metric, m) => new ProtocolOptimism(
                        rows[leaky].Target,
                        rows[leaky].Model,
                        metric.Metric,
                        rows[leaky].Protocol,
                        rows[honest].Protocol,
                        flattering[m],
                        hard[m])));
                }
            }
        }

        return found;
    }

    /// <summary>The pooled metrics of a row on those of its clips that the other tests, too.</summary>
    private static double[] PooledOn(FoldPrediction[] other, FoldPrediction[] own, ModelFigures row, RunRecord record)
    {
        HashSet<int> shared = [.. other.SelectMany(fold => fold.Clips)];
        return own.All(fold => fold.Clips.All(shared.Contains))
            ? [.. row.Metrics.Select(metric => metric.Pooled)]
            : record.Description.TargetOf(row.Target).Scorer.Score(
                PredictionSet.Join([.. own.Select(fold => fold.OnClips(shared))]));
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
