using SerLab.Evaluation.Figures;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;

namespace SerLab.Reports;

/// <summary>The figures of classes, for the best model under the headline protocol.</summary>
internal static class ClassFigures
{
    public static void Write(
        ReportPage page, RunFigures run, Target target, IReadOnlyList<string> ranked, string protocol)
    {
        IReadOnlyList<string> classes = target.Classes;
        (_, PredictionSet set) = run.OutOfFold(protocol, target.Name, ranked[0]);
        ConfusionMatrix confusion = ConfusionMatrix.Of(set.Truth, set.Predicted, classes.Count);
        int size = Math.Clamp(170 + (34 * classes.Count), 300, 520);
        page.Figure(
            ReportCharts.ConfusionMatrix(classes, confusion), $"{ranked[0]}, {protocol}: rows are the truth.", height: size);
        page.Figure(
            ReportCharts.ConfusionMatrix(classes, confusion, normalised: true),
            "Each row adds up to 100; the diagonal is the recall of the class.",
            height: size);
        page.Figure(
            ReportCharts.PerClass(classes, confusion),
            $"{ranked[0]}, {protocol}.",
            height: 140 + (44 * classes.Count));
        if (set.Probabilities.Length > 0)
        {
            Calibration calibration = Calibration.Of(set, classes.Count);
            page.Figure(
                ReportCharts.CalibrationCurve(calibration),
                $"{ranked[0]}: expected calibration error {Figure.Text(calibration.ExpectedError)}. Below the dashed line it is "
                + "surer than it should be.");
        }

        Groups(page, run, target, ranked, protocol);
    }

    public static void WriteText(ReportPage page, RunFigures run, Target target, string model, string protocol)
    {
        (_, PredictionSet set) = run.OutOfFold(protocol, target.Name, model);
        page.Heading(3, $"Classification report: {model}, {protocol}");
        page.Code(
            ClassificationText.Of(target.Classes, ConfusionMatrix.Of(set.Truth, set.Predicted, target.Classes.Count)),
            "Classification report");
    }

    private static void Groups(
        ReportPage page, RunFigures run, Target target, IReadOnlyList<string> ranked, string protocol)
    {
        if (run.Record.Folds.GroupKind is null)
        {
            return;
        }

        IReadOnlyList<GroupAccuracy> groups = GroupAccuracy.BestFirst(run, target.Name, ranked[0], protocol);
        string kind = run.Record.Folds.GroupKind;
        string Named(GroupAccuracy g) => $"{g.Group} ({g.Right} of {g.Predictions} right)";
        page.Figure(
            ReportCharts.GroupStrip(run, target.Name, ranked, protocol),
            $"One point per {kind}, dashed: chance. {ranked[0]} is best for {kind} {Named(groups[0])}, worst for "
            + $"{Named(groups[^1])}.",
            height: Math.Max(260, 120 + (34 * ranked.Count)));
    }
}
