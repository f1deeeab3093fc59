using SerLab.Evaluation.Figures;
using SerLab.Training.Learners;

namespace SerLab.Reports;

/// <summary>The p-values of the paired tests as a matrix, model against model.</summary>
internal static class SignificanceTable
{
    private static readonly (string Name, string Title)[] Tests =
    [
        (PairedTest.CorrectedT, "corrected resampled t-test on"), (PairedTest.McNemar, "McNemar's test on clips of"),
    ];

    public static void Write(ReportPage page, RunFigures run, Target target, string metric)
    {
        PairedTest[] tests = [.. run.Tests.Where(t => t.Target == target.Name && t.Protocol == run.HeadlineProtocol.Name
            && (t.Metric == metric || t.Test == PairedTest.McNemar))];
        if (tests.Length == 0)
        {
            return;
        }

        string[] models = [.. run.Ranked(target.Name, run.HeadlineProtocol.Name).Select(r => r.Model)];
        page.Details("Which models differ: p-values");
        foreach ((string name, string title) in Tests)
        {
            PairedTest[] those = Array.FindAll(tests, t => t.Test == name);
            if (those.Length > 0)
            {
                page.Table(
                    $"p, corrected by Holm for all pairs: {title} {target.Name}, {run.HeadlineProtocol.Name}",
                    ["", .. models.Select(m => (Cell)m)],
                    models.Select(first =>
                        (IReadOnlyList<Cell>)[first, .. models.Select(second => CellOf(those, first, second))]));
            }
        }

        page.Paragraph("Shaded: p < 0.05. Models judged on different folds cannot be paired and have no p-value.", "note");
        page.EndDetails();
    }

    private static Cell CellOf(PairedTest[] tests, string first, string second)
    {
        PairedTest? test = Array.Find(tests, t => t.IsOf(first, second));
        return test is null
            ? new Cell(first == second ? "–" : "")
            : new Cell(Figure.PValue(test.HolmPValue), Class: test.HolmPValue < 0.05 ? "best" : "");
    }
}
