using System.Globalization;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Protocols;
using Spectre.Console;

namespace SerLab.Cli.Rendering;

/// <summary>Prints learning curves: a table per target and unit, and whether more of it would help.</summary>
internal static class SizeCurveRendering
{
    public static void Write(IAnsiConsole console, RunFigures run)
    {
        foreach (IGrouping<(string Target, TrainingUnit Unit), SizeCurve> curves in
            run.SizeCurves.GroupBy(curve => (curve.Target, curve.Unit)))
        {
            string? kind = run.Record.Folds.GroupKind;
            Table table = new Table { Border = TableBorder.Rounded }
                .Title($"[bold]{Markup.Escape(curves.Key.Target)}[/]: "
                    + Markup.Escape(curves.Key.Unit == TrainingUnit.Groups ? $"fewer {run.Record.Folds.GroupKinds} to learn from"
                        : kind is null ? "fewer clips to learn from"
                        : $"fewer clips of every {kind} to learn from"))
                .AddColumn("model")
                .AddColumn(new TableColumn("share").RightAligned());
            if (kind is not null)
            {
                table.AddColumn(new TableColumn(Markup.Escape(run.Record.Folds.GroupKinds)).RightAligned());
            }

            table.AddColumn(new TableColumn("clips").RightAligned()).AddColumn(
                new TableColumn($"{Markup.Escape(curves.First().Metric.Title)} pooled [[95 % interval]]").RightAligned());
            foreach (SizeCurve curve in curves)
            {
                foreach (SizePoint point in curve.Points)
                {
                    string[] cells =
                    [
                        point == curve.Points[0] ? $"[bold]{Markup.Escape(curve.Model)}[/]" : "",
                        string.Create(CultureInfo.InvariantCulture, $"{point.Percent} %"),
                        .. kind is null ? Array.Empty<string>() : [Number(point.Groups)],
                        Number(point.Clips),
                        Markup.Escape($"{RunRendering.Number(point.Pooled)} [{RunRendering.Number(point.Interval.Low)}, "
                            + $"{RunRendering.Number(point.Interval.High)}]"),
                    ];
                    table.AddRow(cells);
                }
            }

            console.Write(table);
        }

        foreach (string target in run.Description.Targets.Select(target => target.Name))
        {
            foreach (string sentence in SizeSentence.Of(run, target))
            {
                console.MarkupLine($"[yellow]MORE TO LEARN FROM[/] {Markup.Escape($"{target}: {sentence}")}");
            }
        }
    }

    private static string Number(double mean) => mean.ToString("0.#", CultureInfo.InvariantCulture);
}
