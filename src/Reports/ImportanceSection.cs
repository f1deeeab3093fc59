using SerLab.Evaluation.Figures;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;

namespace SerLab.Reports;

/// <summary>What models have in which features, measured on clips that they never met.</summary>
internal static class ImportanceSection
{
    // A chart of more would be taller than a screen.
    private const int Charted = 25;

    public static void Write(ReportPage page, RunFigures run, Target target)
    {
        if (run.Description.Importance is not { Groups.Count: > 0 } measured)
        {
            return;
        }

        string headline = run.HeadlineProtocol.Name;
        Metric metric = target.Scorer.Headline;
        string[] groups = [.. ImportanceOrder.Of(run, target.Name, headline)];
        page.Heading(3, "What the models listen to");
        page.Paragraph(
            $"In every fold the features of a group are shuffled among the test clips, {measured.Repeats} times over, and the "
            + $"fold's model is asked again: how much {metric.Title} it loses is what it owes to them. This says what these "
            + $"models use, not what could be used. {Figure.Capital(ImportanceOrder.Caution)}"
            + (measured.Groups.Any(group => group.Features > 1) ? ". Groups keep related features together."
                : ". Single features look less useful than they are; groups would keep related ones together."));
        int shown = Math.Min(Charted, groups.Length);
        page.Figure(
            ReportCharts.Importance(run, target.Name, headline, Charted),
            (groups.Length > shown ? $"The first {shown} of {Figure.Count(groups.Length)}. " : "")
            + "At the dashed line the features are of no use to the model; left of it, they mislead it.",
            height: 130 + (shown * Math.Max(26, 14 * run.Description.Models.Count)));
        Table(page, run, target, groups, headline, metric);
        string[] others =
            [.. run.Description.Protocols.Where(p => p.Name != headline && p.Share is null).Select(protocol => protocol.Name)];
        Metric[] further = [.. target.Scorer.Main.Where(main => main.Name != metric.Name)];
        page.Details("By other metrics and protocols");
        foreach (Metric other in further)
        {
            Table(page, run, target, groups, headline, other);
        }

        foreach (string protocol in others)
        {
            Table(page, run, target, [.. ImportanceOrder.Of(run, target.Name, protocol)], protocol, metric);
        }

        page.EndDetails();
    }

    private static void Table(
        ReportPage page, RunFigures run, Target target, string[] groups, string protocol, Metric metric)
    {
        ILookup<(string Group, string Model), ImportanceFigures> rows =
            run.Importance.Where(row => row.Protocol == protocol && row.Target == target.Name)
                .ToLookup(row => (row.Group, row.Model));
        string[] models = [.. run.Ranked(target.Name, protocol).Select(row => row.Model)];
        page.Table(
            $"{metric.Title} of {target.Name} lost without a group of features, {protocol}",
            ["features", "number", .. models.Select(model => (Cell)model)],
            groups.Select(group => (IReadOnlyList<Cell>)
            [
                group,
                Figure.Count(rows[(group, models[0])].First().Features),
                .. models.Select(model => rows[(group, model)].First()[metric.Name]).Select(loss => new Cell(
                    Figure.MeanAndStd(loss.Mean, loss.Std),
                    double.IsNaN(loss.ShuffleStd) ? "" : $"± {Figure.Text(loss.ShuffleStd)} over shuffles")),
            ]));
    }
}
