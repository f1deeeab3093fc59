using SerLab.Evaluation.Records;
using SerLab.Evaluation.Statistics;
using SerLab.Training.Metrics;

namespace SerLab.Evaluation.Figures;

/// <summary>Tests every two models that saw the same folds, on every main metric.</summary>
internal static class PairedTestBuilder
{
    /// <summary>All tests, in order of protocol, target, metric, test and pair.</summary>
    /// <param name="record">The record of the run.</param>
    /// <param name="rows">Its figures.</param>
    /// <param name="cells">The predictions behind every row, in order of the folds.</param>
    public static IEnumerable<PairedTest> Build(RunRecord record, ModelFigures[] rows, FoldPrediction[][] cells)
    {
        foreach (IGrouping<(string Protocol, string Target), int> family in
            Enumerable.Range(0, rows.Length).GroupBy(i => (rows[i].Protocol, rows[i].Target)))
        {
            RecordedProtocol protocol = record.Description.Protocols.First(p => p.Name == family.Key.Protocol);
            (int First, int Second)[] pairs =
            [
                .. from first in family
                   from second in family
                   where first < second && protocol.Folds[rows[first].Model] == protocol.Folds[rows[second].Model]
                   select (first, second),
            ];
            foreach (Metric metric in record.Description.TargetOf(family.Key.Target).Scorer.Main)
            {
                foreach (PairedTest test in Corrected(metric.Name, PairedTest.CorrectedT, rows, pairs, pair =>
                    CorrectedResampledTTest.Compare(
                        [.. rows[pair.First][metric.Name].Folds],
                        [.. rows[pair.Second][metric.Name].Folds],
                        record.Folds.SchemeOf(protocol.Name, protocol.Folds[rows[pair.First].Model]).TestToTrain)))
                {
                    yield return test;
                }

                if (metric.Name == "accuracy")
                {
                    foreach (PairedTest test in Corrected(
                        metric.Name, PairedTest.McNemar, rows, pairs, pair => McNemarOf(cells[pair.First], cells[pair.Second])))
                    {
                        yield return test;
                    }
                }
            }
        }
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
        ModelFigures[] rows,
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
