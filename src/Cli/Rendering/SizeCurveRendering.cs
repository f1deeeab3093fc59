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
            string title = curves.Key.Unit == TrainingUnit.Groups ? $"fewer {run.Record.Folds.GroupKinds} to learn from"
                : kind is null ? "fewer clips to learn from"
                : $"fewer clips of every {kind} to learn from";
            ConsoleTable table = new(
                $"{curves.Key.Target}: {title}",
                [
                    Column.Text("model"),
                    Column.Number("share"),
                    .. kind is null ? Array.Empty<Column>() : [Column.Number(run.Record.Folds.GroupKinds, 2)],
                    Column.Number("clips", 1),
                    Column.Number($"{curves.First().Metric.Title} pooled\n[95 % interval]"),
                ])
            {
                Elsewhere = "the report",
            };
            foreach (SizeCurve curve in curves)
            {
                foreach (SizePoint point in curve.Points)
                {
                    table.Add(
                    [
                        point == curve.Points[0] ? curve.Model : "",
                        string.Create(CultureInfo.InvariantCulture, $"{point.Percent} %"),
                        .. kind is null ? Array.Empty<string>() : [Number(point.Groups)],
                        Number(point.Clips),
                        $"{RunRendering.Number(point.Pooled)} [{RunRendering.Number(point.Interval.Low)}, "
                            + $"{RunRendering.Number(point.Interval.High)}]",
                    ]);
                }
            }

            table.Write(console);
        }

        foreach (string target in run.Description.Targets.Select(target => target.Name))
        {
            foreach (string sentence in SizeSentence.Of(run, target))
            {
                console.WriteCaution("MORE TO LEARN FROM", $" {target}: {sentence}");
            }
        }
    }

    private static string Number(double mean) => mean.ToString("0.#", CultureInfo.InvariantCulture);
}
