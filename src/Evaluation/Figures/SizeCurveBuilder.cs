using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Statistics;
using SerLab.Training.Metrics;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Figures;

/// <summary>Puts the figures of protocols with less to learn from together as learning curves.</summary>
internal static class SizeCurveBuilder
{
    /// <summary>All curves, in order of target, unit and model.</summary>
    /// <param name="record">The record of the run.</param>
    /// <param name="rows">Its figures.</param>
    /// <param name="cells">The predictions behind every row, in order of the folds.</param>
    public static IEnumerable<SizeCurve> Build(RunRecord record, ModelFigures[] rows, FoldPrediction[][] cells)
    {
        Dictionary<string, RecordedProtocol> protocols = record.Description.Protocols.ToDictionary(protocol => protocol.Name);
        return from i in Enumerable.Range(0, rows.Length)
               let share = protocols[rows[i].Protocol].Share
               where share is not null
               group (Row: i, share.Percent) by (rows[i].Target, share.Unit, rows[i].Model, share.Of) into shares
               orderby TargetIndex(shares.Key.Target), shares.Key.Unit
               select Curve(shares.Key, [.. shares.OrderBy(share => share.Percent)]);

        int TargetIndex(string name) => record.Description.Targets.Index().First(target => target.Item.Name == name).Index;

        SizeCurve Curve((string Target, TrainingUnit Unit, string Model, string Of) key, (int Row, int Percent)[] shares)
        {
            Metric metric = record.Description.TargetOf(key.Target).Scorer.Headline;
            int whole = Array.FindIndex(
                rows, row => row.Protocol == key.Of && row.Target == key.Target && row.Model == key.Model);
            int half = shares.Where(share => share.Percent == SizeCurve.Half).Select(share => share.Row).FirstOrDefault(-1);
            int halfOfGroups = key.Unit == TrainingUnit.Groups ? -1 : Array.FindIndex(rows, row =>
                row.Target == key.Target && row.Model == key.Model
                && protocols[row.Protocol].Share == new TrainingShare(key.Of, TrainingUnit.Groups, SizeCurve.Half));
            return new SizeCurve(
                key.Target,
                key.Model,
                key.Unit,
                metric,
                [
                    .. shares.Append((Row: whole, Percent: 100)).Where(share => share.Row >= 0)
                        .Select(share => Point(share.Percent, rows[share.Row], metric)),
                ],
                Gain(half, whole, metric))
            {
                OverFewerGroups = Gain(halfOfGroups, half, metric),
            };
        }

        SizeGain? Gain(int fewer, int more, Metric metric) =>
            fewer < 0 || more < 0 ? null : Difference(record, cells[fewer], cells[more], metric);

        SizePoint Point(int percent, ModelFigures row, Metric metric)
        {
            IReadOnlyList<Fold> folds =
                record.Folds.SchemeOf(row.Protocol, protocols[row.Protocol].Folds[row.Model]).Folds;
            return new SizePoint(
                percent,
                folds.Average(fold => fold.Train.Select(clip => record.Folds.GroupNumbers[clip]).Distinct().Count()),
                folds.Average(fold => fold.Train.Length),
                row[metric.Name].Pooled,
                row[metric.Name].Interval);
        }
    }

    /// <summary>
    /// The difference of two pooled figures, with every group left out of both at once: what a group adds to both is no
    /// difference.
    /// </summary>
    private static SizeGain Difference(RunRecord record, FoldPrediction[] less, FoldPrediction[] more, Metric metric)
    {
        IScorer scorer = record.Description.TargetOf(less[0].Task.Target).Scorer;
        int m = scorer.Metrics.Index().First(known => known.Item.Name == metric.Name).Index;
        int[] numbers = [.. record.Folds.GroupNumbers];
        int[] present = [.. more.SelectMany(fold => fold.Clips).Select(clip => numbers[clip]).Distinct().Order()];
        (PredictionSet fewer, Func<int[], double[]> ofFewer) = Scored(less);
        (PredictionSet all, Func<int[], double[]> ofAll) = Scored(more);

        // A difference has no bounds that it could come near.
        ConfidenceInterval interval = GroupJackknife.Intervals(
            present.Length,
            all.Count,
            [metric with { Lowest = double.NegativeInfinity, Highest = double.PositiveInfinity }],
            weights => [metric.Gain(ofAll(weights)[m], ofFewer(weights)[m])])[0];
        return new SizeGain(metric.Gain(scorer.Score(all)[m], scorer.Score(fewer)[m]), interval);

        (PredictionSet Set, Func<int[], double[]> Score) Scored(FoldPrediction[] cell)
        {
            PredictionSet set = PredictionSet.Join([.. cell.Select(fold => fold.Predictions)]);
            int[] groups =
                [.. cell.SelectMany(fold => fold.Clips).Select(clip => Array.BinarySearch(present, numbers[clip]))];
            return (set, scorer.PrepareDraws(set, groups, present.Length));
        }
    }
}
