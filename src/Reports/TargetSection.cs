using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;
using SerLab.Training.Learners;

namespace SerLab.Reports;

/// <summary>What a run found about one target: the answer in a sentence, tables, charts.</summary>
internal static class TargetSection
{
    // A difference of R² between folds and pool that asks for a reason.
    private const double Apart = 0.05;

    public static void Write(ReportPage page, RunFigures run, Target target)
    {
        RecordedProtocol headline = run.HeadlineProtocol;
        IReadOnlyList<ModelFigures> ranked = run.Ranked(target.Name, headline.Name);
        ModelFigures best = ranked[0];
        string metric = target.Scorer.Headline.Name;

        page.Heading(2, target.IsRating ? Figure.Capital(target.Name) : $"Classes: {string.Join(", ", target.Classes)}");
        page.Paragraph(Answer(run, target, best, metric), "answer");
        ComparisonTable.Write(page, run, target, metric);
        if (!target.IsRating)
        {
            ComparisonTable.Write(page, run, target, "accuracy");
        }

        page.Paragraph(
            "Pooled over all out-of-fold predictions; below it the 95 % interval over whole groups, then mean ± "
            + "std over folds. Shaded: the best of a column. ≈ marks models that a paired test does not tell apart from it "
            + "(corrected resampled t-test, Holm, p\u00a0≥\u00a00.05).",
            "note");
        if (target.IsRating && !target.IsReconstruction && !(Math.Abs(best[metric].Mean - best[metric].Pooled) < Apart))
        {
            page.Paragraph(
                $"Why R² is {Figure.Text(best[metric].Mean)} over folds and {Figure.Text(best[metric].Pooled)} pooled: in a fold "
                + "the model is held against that fold's own mean, which nobody could know beforehand, and where its few groups "
                + "hardly differ little error is much; pooled, it is held against the mean of all clips. The first asks whether "
                + "it orders clips within unseen groups, the second whether it says more than one number for everything.",
                "note");
        }

        EnrolledTable.Write(page, run, target);
        page.Details("All metrics");
        ComparisonTable.WriteAllMetrics(page, run, target);
        page.EndDetails();
        SignificanceTable.Write(page, run, target, metric);
        SearchSection.Write(page, run, target);
        CoverageSection.Write(page, run, target, [.. ranked.Select(row => row.Model)]);
        CalibrationSection.Write(page, run, target, [.. ranked.Select(row => row.Model)]);

        string[] pair = run.LeakyProtocol is { } leaky ? [leaky.Name, headline.Name] : [headline.Name];
        string[] all =
        [
            .. run.Description.Protocols.Where(p => p != headline && p.UsesTestClips == headline.UsesTestClips)
                .Select(p => p.Name),
            headline.Name,
        ];
        int models = run.Description.Models.Count;
        page.Figures();
        page.Figure(
            ReportCharts.ByProtocol(run, target.Name, metric, all),
            all.Length > 1
                ? "The distance between the colours is what the protocol gives away."
                : "Pooled figures with their intervals.",
            height: 130 + (models * Math.Max(30, 15 * all.Length)));
        page.Figure(
            ReportCharts.FoldStrip(run, target.Name, metric, pair),
            "One point per fold: a difference smaller than this spread is no difference.",
            height: 130 + (models * Math.Max(30, 15 * all.Length)));
        if (target.IsRating)
        {
            RatingFigures(page, run, target.Name, best.Model, headline.Name);
        }
        else
        {
            ClassFigures.Write(page, run, target, [.. ranked.Select(r => r.Model)], headline.Name);
        }

        page.EndFigures();
        GroupSection.Write(page, run, target, best.Model, headline.Name);
        if (!target.IsRating)
        {
            ClassFigures.WriteText(page, run, target, best.Model, headline.Name);
        }
    }

    private static void RatingFigures(ReportPage page, RunFigures run, string target, string model, string protocol)
    {
        if (!run.Description.TargetOf(target).IsReconstruction)
        {
            page.Figure(
                ReportCharts.PredictedAgainstTrue(run, target, model, protocol),
                "One point per clip, predicted by models that never learnt from it. On the dashed line prediction equals rating.",
                height: 460);
        }

        if (run.Record.Folds.GroupKind is null)
        {
            return;
        }

        IReadOnlyList<GroupResidual> groups = GroupResidual.WorstFirst(run, target, model, protocol);
        string Named(GroupResidual g) =>
            $"{g.Group} ({Figure.Text(g.RootMeanSquaredError)}, {HtmlReport.Plural(g.Clips, "clip")})";
        page.Figure(
            ReportCharts.ResidualsByGroup(run, target, model, protocol),
            $"Predicted worst (RMSE): {string.Join("; ", groups.Take(3).Select(Named))}. Best: {Named(groups[^1])}.",
            height: 460);
    }

    private static string Answer(RunFigures run, Target target, ModelFigures best, string metric)
    {
        MetricSummary summary = best[metric];
        string nothing = target.IsRating ? target.FloorModel : $"{target.FloorModel} ({Figure.Text(target.Floor)})";
        string verdict = FloorVerdicts.Of(best, target) switch
        {
            FloorVerdict.NoBetter => $" No model is better than {nothing}.",
            FloorVerdict.NotShown =>
                $" Its interval reaches {Figure.Text(target.Floor)}: it is not shown to be better than {nothing}.",
            _ => "",
        };
        string held = run.HeadlineProtocol.Rule == GroupRule.None
            ? " No protocol of this run keeps groups or sources whole, so what unseen ones would give is not known."
            : "";
        string flattery = run.OptimismOf(best, metric) is { } leaky
            ? $" Under {leaky.Leaky} the same model is given {Figure.Text(leaky.LeakyValue)} on the same clips, an optimism of "
                + $"{Figure.Signed(leaky.Optimism)}."
            : "";
        return $"Best under {best.Protocol}: {best.Model}, {summary.Metric.Title} {Figure.Text(summary.Pooled)} "
            + $"{Figure.Text(summary.Interval)}.{flattery}{verdict}{held}";
    }
}
