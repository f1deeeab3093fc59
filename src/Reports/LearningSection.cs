using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;

namespace SerLab.Reports;

/// <summary>How long learning took and how it went.</summary>
internal static class LearningSection
{
    public static void Write(ReportPage page, RunFigures run)
    {
        IReadOnlyList<FoldTiming> timings = run.Record.Timings;
        IGrouping<(string Model, string Target), FoldLearning>[] curves =
        [
            .. run.Record.Learning
                .Where(learning => learning.Curves.Count > 0 && learning.Task.Protocol == run.HeadlineProtocol.Name)
                .GroupBy(learning => (learning.Task.Model, learning.Task.Target)),
        ];
        if (timings.Count == 0 && curves.Length == 0)
        {
            return;
        }

        page.Heading(2, "Learning");
        page.Figures();
        if (timings.Count > 0)
        {
            page.Figure(
                ReportCharts.LearningTime(timings),
                "Wall clock while other folds may have run beside it: the only figures here that differ when the run is made "
                + "again.",
                height: Math.Max(240, 130 + (30 * run.Description.Models.Count)));
        }

        foreach (IGrouping<(string Model, string Target), FoldLearning> folds in curves)
        {
            FoldLearning[] all = [.. folds];
            bool isJudged = all.Any(fold => fold.Curves.Any(curve => curve.HeldOutLosses.Count > 0));
            string title = $"How {folds.Key.Model} learns {folds.Key.Target} ({run.HeadlineProtocol.Name})";
            page.Figure(
                ReportCharts.LearningCurves(title, all),
                Divergence(all) + (isJudged
                    ? "One line per fold. Held out: an inner part of the training clips, by which the epoch was chosen; never "
                    + "the test clips. Where it rises while training falls, the model memorises."
                    : "One line per fold: loss on the training clips. Nothing was held out, so the last epoch was kept."));
        }

        page.EndFigures();
        if (timings.Count > 0)
        {
            page.Table(
                "Seconds per fold, over all targets and protocols",
                ["model", "learn, mean", "learn, longest", "predict, mean"],
                timings.GroupBy(t => t.Task.Model).Select(g => (IReadOnlyList<Cell>)
                [
                    g.Key,
                    Figure.Seconds(g.Average(t => t.FitSeconds)),
                    Figure.Seconds(g.Max(t => t.FitSeconds)),
                    Figure.Seconds(g.Average(t => t.PredictSeconds)),
                ]));
        }
    }

    private static string Divergence(IEnumerable<FoldLearning> folds)
    {
        double[] kept =
        [
            .. from fold in folds
               from curve in fold.Curves
               where curve.Divergences.Count > 0
               select curve.Divergences[curve.BestEpoch],
        ];
        return kept.Length == 0
            ? ""
            : $"At the epoch that was kept, latent values carry {Figure.Text(kept.Average())} nats of divergence from the "
                + "standard normal distribution per training clip, mean over folds. ";
    }
}
