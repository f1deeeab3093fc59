using SerLab.Evaluation.Records;
using SerLab.Training.Metrics;

namespace SerLab.Evaluation.Figures;

/// <summary>Computes losses from the scores with features shuffled and those without.</summary>
internal static class ImportanceBuilder
{
    // Where there is one clip, it can only change places with itself.
    private const int FewestClips = 2;

    /// <summary>All losses, in order of the rows and groups.</summary>
    /// <param name="record">The record of the run.</param>
    /// <param name="rows">Its figures.</param>
    public static IEnumerable<ImportanceFigures> Build(RunRecord record, ModelFigures[] rows)
    {
        if (record.Description.Importance is not { } measured)
        {
            return [];
        }

        ILookup<FoldTask, FoldImportance> byRow = record.Importance.ToLookup(fold => fold.Task with { Fold = 0 });
        return from row in rows
               let folds = byRow[new FoldTask(row.Protocol, row.Target, row.Model, 0)].OrderBy(fold => fold.Task.Fold).ToArray()
               from numbered in measured.Groups.Index()
               select new ImportanceFigures(
                   row.Protocol,
                   row.Target,
                   row.Model,
                   numbered.Item.Name,
                   numbered.Item.Features,
                   [
                       .. record.Description.TargetOf(row.Target).Scorer.Main.Select(metric => Loss(
                           metric,
                           row[metric.Name].Folds,
                           [.. folds.Select(fold => ScoresOf(fold, numbered.Index, metric))])),
                   ]);

        double[] ScoresOf(FoldImportance fold, int number, Metric metric) =>
            record.Plan.FoldOf(fold.Task).Test.Length < FewestClips
                ? [double.NaN]
                : [.. fold.Groups[number].Scores[metric.Name]];
    }

    private static MetricLoss Loss(Metric metric, IReadOnlyList<double> whole, double[][] shuffled)
    {
        FoldSpread[] folds =
        [
            .. shuffled.Select((scores, i) => FoldSpread.Of(Array.ConvertAll(scores, score => metric.Gain(whole[i], score)))),
        ];
        double[] means = Array.ConvertAll(folds, fold => fold.Mean);
        FoldSpread spread = FoldSpread.Of(means);
        return new MetricLoss(
            metric, means, spread.Mean, spread.Std, FoldSpread.Of(Array.ConvertAll(folds, fold => fold.Std)).Mean);
    }
}
