using System.Globalization;
using SerLab.Evaluation.Figures;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;
using Spectre.Console;

namespace SerLab.Cli.Rendering;

/// <summary>Prints what models have in groups of features, under the headline protocol.</summary>
internal static class ImportanceRendering
{
    private const int Shown = 20;

    public static void Write(IAnsiConsole console, RunFigures run)
    {
        string protocol = run.HeadlineProtocol.Name;
        foreach (Target target in run.Description.Targets)
        {
            Metric metric = target.Scorer.Headline;
            string[] groups = [.. ImportanceOrder.Of(run, target.Name, protocol)];
            if (groups.Length == 0)
            {
                continue;
            }

            Table table = new Table { Border = TableBorder.Rounded }
                .Title($"[bold]{Markup.Escape(target.Name)}[/], {Markup.Escape(protocol)}: {Markup.Escape(metric.Title)} lost "
                    + "when features are shuffled, mean ± std over folds")
                .AddColumn("features")
                .AddColumn(new TableColumn("number").RightAligned());
            foreach (string model in run.Description.Models)
            {
                table.AddColumn(new TableColumn(Markup.Escape(model)).RightAligned());
            }

            foreach (string group in groups.Take(Shown))
            {
                ImportanceFigures[] rows =
                [
                    .. run.Description.Models.Select(model => run.Importance.First(row => row.Protocol == protocol
                        && row.Target == target.Name && row.Model == model && row.Group == group)),
                ];
                table.AddRow(
                [
                    Markup.Escape(group),
                    rows[0].Features.ToString(CultureInfo.InvariantCulture),
                    .. rows.Select(row => Loss(row[metric.Name])),
                ]);
            }

            table.Caption(
                (groups.Length > Shown ? $"the first {Shown} of {groups.Length}; all are in the report. " : "")
                + ImportanceOrder.Caution);
            console.Write(table);
        }
    }

    private static string Loss(MetricLoss loss) => $"{RunRendering.Number(loss.Mean)} ± {RunRendering.Number(loss.Std)}";
}
