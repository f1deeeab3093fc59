using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Protocols;
using SerLab.Training.Conformal;
using SerLab.Training.Learners;

namespace SerLab.Reports;

/// <summary>How wide the intervals and sets of a target are, and how often they hold the truth.</summary>
internal static class CoverageSection
{
    public static void Write(ReportPage page, RunFigures run, Target target, IReadOnlyList<string> ranked)
    {
        CoverageFigures[] rows = [.. ranked.Select(model => run.CoverageOf(target.Name, model)).OfType<CoverageFigures>()];
        if (rows.Length == 0)
        {
            return;
        }

        string kind = run.Record.Folds.GroupKind ?? "clip";
        (string one, string many, string size) = target.IsRating
            ? ("an interval", "intervals", "mean width")
            : ("a set of classes", "sets", "mean number of classes");
        page.Heading(3, "How sure a single answer is");
        page.Paragraph(
            $"Every answer can come with {one} that holds the truth in {Figure.Percent(ConformalRule.Level)} of cases (conformal "
            + $"prediction). Measured under {rows[0].Protocol}: groups ({kind}) are left out in turn, and the errors of the "
            + $"others say how large {many} must be.{Cautions(run, rows[0], kind)}");
        page.Table(
            $"{Figure.Capital(many)} of {target.Name}",
            ["model", "hold the truth", size, $"least covered {kind}"],
            rows.Select(row => (IReadOnlyList<Cell>)
            [
                row.Model,
                Figure.Text(row.Coverage),
                Figure.Text(row.Width),
                row.Least is { } least ? new Cell(Figure.Text(least.Coverage), least.Group) : "n/a",
            ]));
        if (run.Record.Folds.GroupKind is null)
        {
            return;
        }

        page.Details($"{rows[0].Model}, every {kind}");
        page.Table(
            $"{Figure.Capital(many)} of {target.Name} by {kind}, {rows[0].Model}",
            [kind, "predictions", "hold the truth", size],
            rows[0].Groups.Select(group => (IReadOnlyList<Cell>)
                [group.Group, Figure.Count(group.Predictions), Figure.Text(group.Coverage), Figure.Text(group.Width)]));
        page.EndDetails();
    }

    private static string Cautions(RunFigures run, CoverageFigures row, string kind) =>
        (row.IsReached ? "" : $" There are too few groups for that promise: the largest error that was seen is taken.")
        + (run.HeadlineProtocol.Rule == GroupRule.None && run.Record.Folds.GroupKind is not null
            ? $" Its folds tear groups apart, so that a new {kind} will be held less often."
            : "");
}
