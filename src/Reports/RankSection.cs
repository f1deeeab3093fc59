using SerLab.Evaluation.Figures;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;

namespace SerLab.Reports;

/// <summary>How well the probabilities of the best model tell each class from the rest, at every threshold.</summary>
internal static class RankSection
{
    public static void Write(ReportPage page, RunFigures run, Target target, ModelFigures best)
    {
        (_, PredictionSet set) = run.OutOfFold(best.Protocol, target.Name, best.Model);
        if (set.Probabilities.Length == 0)
        {
            return;
        }

        page.Heading(3, "How well each class is told from the rest");
        page.Paragraph(
            "Each class against all others, by its probability alone, whatever the threshold: the area under the ROC curve is "
            + "the chance that a clip of the class is given a higher probability than one that is not (0.5: chance); "
            + "average precision is the area under the precision–recall curve, for which guessing has the share of the class. "
            + "Predictions of all folds are pooled, so that all share their thresholds and a class may be missing in some fold.");
        page.Table(
            $"{Figure.Capital(target.Name)}: {best.Model} under {best.Protocol}, each against the rest",
            [target.Name, "share", "ROC AUC", "average precision"],
            [
                .. target.Classes.Select((name, label) => (IReadOnlyList<Cell>)
                [
                    name,
                    Figure.Text((double)set.Truth.Count(truth => truth == label) / set.Count),
                    CellOf(best[$"auc[{name}]"]),
                    CellOf(best[$"average_precision[{name}]"]),
                ]),
                ["mean", "", CellOf(best["auc"]), CellOf(best["average_precision"])],
            ]);
        page.Figures();
        page.Figure(
            ReportCharts.RocCurves(target.Classes, set),
            $"{best.Model}, {best.Protocol}, with the area of each class. Dashed: chance.",
            height: 440);
        page.Figure(
            ReportCharts.PrecisionRecallCurves(target.Classes, set),
            $"{best.Model}, {best.Protocol}, with the average precision of each class.",
            height: 440);
        page.EndFigures();
    }

    private static Cell CellOf(MetricSummary metric) => new(Figure.Text(metric.Pooled), Figure.Text(metric.Interval));
}
