using SerLab.Evaluation.Figures;
using SerLab.Training.Learners;

namespace SerLab.Reports;

/// <summary>How far the class probabilities of every model can be believed.</summary>
internal static class CalibrationSection
{
    public static void Write(ReportPage page, RunFigures run, Target target, IReadOnlyList<string> ranked)
    {
        CalibrationFigures[] rows =
        [
            .. run.Calibration.Where(row => row.Target == target.Name)
                .OrderBy(row => ranked.Index().First(model => model.Item == row.Model).Index),
        ];
        if (rows.Length == 0)
        {
            return;
        }

        page.Heading(3, "How far probabilities can be believed");
        page.Paragraph(
            $"Expected calibration error under {rows[0].Protocol}: how far the probability of the named class lies from the "
            + "share that is right, over all predictions. A temperature divides all logits and leaves the classes as they are; "
            + $"here it was chosen on the other groups. {Advice(rows)}");
        page.Table(
            $"Probabilities of {target.Name}",
            ["model", "expected calibration error", "with a temperature", "temperature"],
            rows.Select(row => (IReadOnlyList<Cell>)
                [row.Model, Figure.Text(row.Error), Figure.Text(row.TemperedError), Figure.Text(row.Temperature)]));
    }

    private static string Advice(CalibrationFigures[] rows) =>
        rows.Where(row => row.WantsTemperature).MaxBy(row => row.Error) is { } worst
            ? $"With --set {worst.Model}.calibration=temperature it is chosen inside the folds and goes into the exported model."
            : "";
}
