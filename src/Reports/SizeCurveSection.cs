using System.Globalization;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Protocols;
using SerLab.Training.Learners;

namespace SerLab.Reports;

/// <summary>How good models are that learnt from less, and whether more would help.</summary>
internal static class SizeCurveSection
{
    public static void Write(ReportPage page, RunFigures run, Target target)
    {
        SizeCurve[] curves = [.. run.SizeCurves.Where(curve => curve.Target == target.Name)];
        if (curves.Length == 0)
        {
            return;
        }

        string? kind = run.Record.Folds.GroupKind;
        string kinds = run.Record.Folds.GroupKinds;
        page.Heading(3, "Would more to learn from help?");
        foreach (string sentence in SizeSentence.Of(run, target.Name))
        {
            page.Paragraph(Figure.Capital(sentence), "answer");
        }

        page.Paragraph(
            "The same clips are tested in the same folds; of every training part a share is learnt from, drawn anew several "
            + "times. "
            + (kind is null ? "" : $"With fewer {kinds} all clips of those that are left are learnt from; with fewer clips, some "
                + $"of every {kind}. ")
            + "Differences are paired: each interval leaves whole groups out of both figures at once. No figure here says what "
            + "more data than all of these would give.",
            "note");
        page.Figures();
        foreach (string model in curves.Select(curve => curve.Model).Distinct())
        {
            page.Figure(
                ReportCharts.SizeCurves(run, target.Name, model),
                kind is null || curves.Select(curve => curve.Unit).Distinct().Count() < 2
                    ? "A curve that still rises at its right end asks for more."
                    : $"At one place both learnt from the same number of clips: from few {kinds}, or from all of them.");
        }

        page.EndFigures();
        foreach (IGrouping<TrainingUnit, SizeCurve> same in curves.GroupBy(curve => curve.Unit))
        {
            SizeCurve[] models = [.. same];
            int[] percents = [.. models.SelectMany(curve => curve.Points.Select(point => point.Percent)).Distinct().Order()];
            page.Table(
                $"{models[0].Metric.Title} of {target.Name} with fewer "
                    + (same.Key == TrainingUnit.Groups ? kinds : kind is null ? "clips" : $"clips of every {kind}"),
                ["share", .. kind is null ? Array.Empty<Cell>() : [kinds], "clips", .. models.Select(curve => (Cell)curve.Model)],
                percents.Select(percent =>
                {
                    SizePoint?[] points =
                        [.. models.Select(curve => curve.Points.FirstOrDefault(point => point.Percent == percent))];
                    SizePoint any = points.First(point => point is not null)!;
                    return (IReadOnlyList<Cell>)
                    [
                        string.Create(CultureInfo.InvariantCulture, $"{percent} %"),
                        .. kind is null ? Array.Empty<Cell>() : [Number(any.Groups)],
                        Number(any.Clips),
                        .. points.Select(point => point is null
                            ? new Cell("not run")
                            : new Cell(Figure.Text(point.Pooled), Figure.Text(point.Interval))),
                    ];
                }));
        }
    }

    private static string Number(double mean) => mean.ToString("#,0.#", CultureInfo.InvariantCulture);
}
