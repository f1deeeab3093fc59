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

            ConsoleTable table = new(
                $"{target.Name}, {protocol}: {metric.Title} lost when features are shuffled, mean ± std over folds",
                [
                    Column.Text("features"),
                    Column.Number("number", 1),
                    .. run.Description.Models.Select((model, rank) => Column.Number(model, 2 + rank)),
                ])
            {
                Elsewhere = "the report",
            };
            foreach (string group in groups.Take(Shown))
            {
                ImportanceFigures[] rows =
                [
                    .. run.Description.Models.Select(model => run.Importance.First(row => row.Protocol == protocol
                        && row.Target == target.Name && row.Model == model && row.Group == group)),
                ];
                table.Add(
                [
                    group,
                    rows[0].Features.ToString(CultureInfo.InvariantCulture),
                    .. rows.Select(row => Loss(row[metric.Name])),
                ]);
            }

            table.Write(console);
            console.WriteLine(
                (groups.Length > Shown ? $"The first {Shown} of {groups.Length}; all are in the report. " : "")
                + $"Note that {ImportanceOrder.Caution}.");
        }
    }

    private static string Loss(MetricLoss loss) => $"{RunRendering.Number(loss.Mean)} ± {RunRendering.Number(loss.Std)}";
}
