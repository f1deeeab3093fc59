using SerLab.Evaluation.Figures;

namespace SerLab.Reports;

/// <summary>How long learning took and how it went.</summary>
internal static class LearningSection
{
    public static void Write(
        ReportPage page, RunFigures run, IReadOnlyList<(string Name, IReadOnlyList<double> Losses)> lossCurves)
    {
        if (run.Record.Timings.Count == 0 && lossCurves.Count == 0)
        {
            return;
        }

        page.Heading(2, "Learning");
        page.Figures();
        if (run.Record.Timings.Count > 0)
        {
            page.Figure(
                ReportCharts.LearningTime(run.Record.Timings),
                "Wall clock while other folds may have run beside it: the only figures here that differ when the run is made "
                + "again.",
                height: Math.Max(240, 130 + (30 * run.Description.Models.Count)));
        }

        if (lossCurves.Count > 0)
        {
            page.Figure(ReportCharts.LossCurves(lossCurves), "Loss on the training clips after every epoch.");
        }

        page.EndFigures();
        if (run.Record.Timings.Count > 0)
        {
            page.Table(
                "Seconds per fold, over all targets and protocols",
                ["model", "learn, mean", "learn, longest", "predict, mean"],
                run.Record.Timings.GroupBy(t => t.Task.Model).Select(g => (IReadOnlyList<Cell>)
                [
                    g.Key,
                    Figure.Seconds(g.Average(t => t.FitSeconds)),
                    Figure.Seconds(g.Max(t => t.FitSeconds)),
                    Figure.Seconds(g.Average(t => t.PredictSeconds)),
                ]));
        }
    }
}
