using SerLab.Evaluation.CrossValidation;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Runs;
using SerLab.Evaluation.Statistics;
using SerLab.Training.Metrics;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Comparisons;

/// <summary>
/// Computes a comparison from nothing but a run's description, folds and predictions, so that it can be computed again.
/// </summary>
public static class ComparisonBuilder
{
    private static readonly string[] TestedMetrics = ["r2", "mse", "accuracy", "uar"];

    /// <summary>All figures of a run.</summary>
    /// <param name="description">Targets, models, protocols, seed and number of bootstrap draws.</param>
    /// <param name="folds">The folds and the groups of the clips.</param>
    /// <param name="predictions">Every out-of-fold prediction.</param>
    /// <param name="threads">Number of threads, at least 1; the figures do not depend on it.</param>
    public static Comparison Build(
        RunDescription description, RunFolds folds, IReadOnlyList<FoldPrediction> predictions, int threads = 1)
    {
        FoldPrediction[][] cells =
        [
            .. predictions.GroupBy(p => (p.Protocol, p.Target, p.Model)).Select(cell => cell.OrderBy(p => p.Fold).ToArray()),
        ];
        Dictionary<string, IReadOnlyList<string>> classes = description.Targets.ToDictionary(t => t.Name, t => t.Classes);
        ComparisonRow[] rows = new ComparisonRow[cells.Length];
        Parallel.For(0, cells.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
            rows[i] = Summarise(cells[i], TargetColumn.ScorerFor(classes[cells[i][0].Target]), folds.GroupNumbers, description));
        return new Comparison(rows, Gaps(rows, description), Tests(rows, cells, description, folds));
    }

    private static ComparisonRow Summarise(
        FoldPrediction[] cell, IScorer scorer, IReadOnlyList<int> groupOfClip, RunDescription description)
    {
        double[][] perFold = [.. cell.Select(fold => scorer.Score(fold.Predictions))];
        PredictionSet all = PredictionSet.Join([.. cell.Select(fold => fold.Predictions)]);
        double[] pooled = scorer.Score(all);

        (int[] groups, int groupCount) =
            SplitMath.NumberAscending([.. cell.SelectMany(fold => fold.Clips).Select(clip => groupOfClip[clip])]);
        Interval[] intervals = GroupBootstrap.Intervals(
            groupCount,
            pooled.Length,
            scorer.PrepareDraws(all, groups, groupCount),
            description.BootstrapDraws,
            description.Seed);
        return new ComparisonRow(cell[0].Protocol, cell[0].Target, cell[0].Model,
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

    private static List<ProtocolGap> Gaps(ComparisonRow[] rows, RunDescription description)
    {
        Dictionary<string, GroupRule> rules = description.Protocols.ToDictionary(p => p.Name, p => p.Rule);
        return
        [
            .. from naive in rows
               where rules[naive.Protocol] == GroupRule.None
               from honest in rows
               where rules[honest.Protocol] != GroupRule.None && honest.Target == naive.Target && honest.Model == naive.Model
               from metric in naive.Metrics
               select new ProtocolGap(
                   naive.Target,
                   naive.Model,
                   metric.Metric,
                   naive.Protocol,
                   honest.Protocol,
                   metric.Pooled,
                   honest[metric.Metric.Name].Pooled),
        ];
    }

    private static List<PairedTest> Tests(
        ComparisonRow[] rows, FoldPrediction[][] cells, RunDescription description, RunFolds folds)
    {
        List<PairedTest> tests = [];
        foreach (IGrouping<(string Protocol, string Target), int> family in
            Enumerable.Range(0, rows.Length).GroupBy(i => (rows[i].Protocol, rows[i].Target)))
        {
            ProtocolDescription protocol = description.Protocols.First(p => p.Name == family.Key.Protocol);
            (int First, int Second)[] pairs =
            [
                .. from first in family
                   from second in family
                   where first < second && protocol.Folds[rows[first].Model] == protocol.Folds[rows[second].Model]
                   select (first, second),
            ];
            foreach (string metric in TestedMetrics.Where(name => rows[family.First()].Metrics.Any(m => m.Metric.Name == name)))
            {
                tests.AddRange(Corrected(metric, "corrected_t", rows, pairs, pair => CorrectedResampledTTest.Compare(
                    [.. rows[pair.First][metric].Folds],
                    [.. rows[pair.Second][metric].Folds],
                    folds.SchemeOf(protocol, rows[pair.First].Model).TestToTrain)));
                if (metric == "accuracy")
                {
                    tests.AddRange(Corrected(
                        metric, "mcnemar", rows, pairs, pair => McNemarOf(cells[pair.First], cells[pair.Second])));
                }
            }
        }

        return tests;
    }

    private static TestResult McNemarOf(FoldPrediction[] first, FoldPrediction[] second)
    {
        PredictionSet a = PredictionSet.Join([.. first.Select(fold => fold.Predictions)]);
        PredictionSet b = PredictionSet.Join([.. second.Select(fold => fold.Predictions)]);
        return McNemar.Compare(a.Truth, a.Predicted, b.Predicted);
    }

    private static IEnumerable<PairedTest> Corrected(
        string metric,
        string test,
        ComparisonRow[] rows,
        (int First, int Second)[] pairs,
        Func<(int First, int Second), TestResult> compare)
    {
        TestResult[] results = [.. pairs.Select(compare)];
        double[] adjusted = Holm.Adjust([.. results.Select(result => result.PValue)]);
        return pairs.Select((pair, i) => new PairedTest(
            rows[pair.First].Protocol,
            rows[pair.First].Target,
            metric,
            test,
            rows[pair.First].Model,
            rows[pair.Second].Model,
            results[i],
            adjusted[i]));
    }
}
