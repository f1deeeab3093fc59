using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;

namespace SerLab.Reports;

/// <summary>Who is predicted well and who badly: a score for every group, and for the parts that a corpus knows of.</summary>
internal static class GroupSection
{
    private const int Shown = 100;

    public static void Write(ReportPage page, RunFigures run, Target target, ModelFigures best)
    {
        RunFolds folds = run.Record.Folds;
        (string Kind, IReadOnlyList<string> Values)[] kinds =
        [
            .. folds.GroupKind is { } groups ? [(groups, folds.Groups)] : Array.Empty<(string, IReadOnlyList<string>)>(),
            .. folds.Attributes.Select(attribute => (attribute.Key, attribute.Value)),
        ];
        if (kinds.Length == 0 || target.IsReconstruction)
        {
            return;
        }

        page.Heading(3, $"Who is predicted well: {string.Join(", ", kinds.Select(part => part.Kind))}");
        page.Paragraph(
            "The interval below a score is that of the clips of its group, taken as independent of each other; of a group of few "
            + "clips it is wide, or undefined. Among many groups the worst is partly so by chance: where one value lies in "
            + "all intervals, no difference is shown.");
        (IReadOnlyList<GroupScore> Scores, string Kind, IReadOnlyList<string> Values)[] scored =
            [.. kinds.Select(part => (GroupScore.WorstFirst(run, target, best, part.Values), part.Kind, part.Values))];
        (IReadOnlyList<GroupScore> main, string mainKind, IReadOnlyList<string> groupOf) = scored[0];
        page.Figures();
        page.Figure(
            ReportCharts.GroupScores(run, target.Name, best, mainKind, groupOf),
            $"{best.Model}, {best.Protocol}. Dashed: all clips together.",
            height: ReportCharts.HeightOfGroups(main.Count));
        page.EndFigures();
        page.Details($"Scores by {string.Join(", ", kinds.Select(part => part.Kind))}");
        foreach ((IReadOnlyList<GroupScore> scores, string kind, _) in scored)
        {
            Table(page, scores, GroupScore.MetricsOf(target), best, kind);
        }

        page.EndDetails();
    }

    private static void Table(
        ReportPage page, IReadOnlyList<GroupScore> scores, IReadOnlyList<Metric> metrics, ModelFigures of, string kind)
    {
        string most = scores.Count > Shown ? $", the worst {Shown} of {Figure.Count(scores.Count)}" : "";
        page.Table(
            $"{of.Model} under {of.Protocol} by {kind}, the worst first{most}",
            [kind, "predictions", .. metrics.Select(metric => (Cell)metric.Title)],
            scores.Take(Shown).Select(score => (IReadOnlyList<Cell>)
            [
                score.Group,
                Figure.Count(score.Predictions),
                .. score.Scores.Zip(score.Intervals, (value, interval) => new Cell(Figure.Text(value), Figure.Text(interval))),
            ]));
    }
}
