using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Training.Learners;

namespace SerLab.Reports;

/// <summary>Where the clips lie by their features, and whether that says more of them than of whom they are.</summary>
internal static class MapSection
{
    public static void Write(ReportPage page, RunFigures run)
    {
        page.Heading(2, "Where the clips lie");
        if (run.Record.Map is not { } map)
        {
            page.Paragraph(
                "No map: it is drawn from rows of features while a run has them at hand, and this one kept none.");
            return;
        }

        Target[] targets = [.. run.Description.Targets.Where(target => !target.IsReconstruction)];
        page.Paragraph(
            "Every point is a clip, at the first two principal components of the standardised features "
            + $"({run.Description.Features.Set}), which hold {Figure.Percent(map.AcrossShare + map.UpShare)} of their variance: "
            + "clips far apart differ, clips close together may still differ in all the rest. Where colours of groups lie apart "
            + $"and those of a target do not, a model learns who is heard more easily than what is asked."
            + $"{ScatterSample.Of(run).Sentence}");
        page.Figures();
        if (run.Record.Folds.GroupKind is not null && targets.Length > 0)
        {
            page.Figure(
                ReportCharts.MapByGroup(run, targets[0].Name, BestOf(run, targets[0])),
                "The largest groups in colour.",
                height: 460);
        }

        foreach (Target target in targets)
        {
            ModelFigures best = BestOf(run, target);
            page.Figure(
                ReportCharts.MapByTruth(run, target.Name, best), $"What is true of the clips: {target.Name}.", height: 460);
            page.Figure(
                ReportCharts.MapByError(run, target.Name, best),
                $"Predicted by {best.Model} under {best.Protocol}.",
                height: 460);
        }

        if (map.Spreads.Count > 0)
        {
            page.Figure(
                ReportCharts.FeatureSpreads(run),
                "Dashed: the median of all features. If features and groups had nothing to do with each other, the share would "
                + $"be {Figure.Text(Unrelated(run.Record.Folds))}.",
                height: 110 + (24 * map.Spreads.Count));
        }

        page.EndFigures();
    }

    private static ModelFigures BestOf(RunFigures run, Target target) =>
        run.Ranked(target.Name, run.HeadlineProtocol.Name)[0];

    private static double Unrelated(RunFolds folds) =>
        (folds.Groups.Distinct().Count() - 1.0) / Math.Max(1, folds.Clips.Count - 1);
}
