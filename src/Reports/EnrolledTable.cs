using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Training.Learners;

namespace SerLab.Reports;

/// <summary>
/// Figures of models that knew some clips of what they were tested on: another question than that of clips by themselves, so a
/// table of their own.
/// </summary>
internal static class EnrolledTable
{
    public static void Write(ReportPage page, RunFigures run, Target target)
    {
        RecordedProtocol[] enrolled = [.. run.Description.Protocols.Where(protocol => protocol.Enrolled is not null)];
        if (enrolled.Length == 0)
        {
            return;
        }

        string metric = target.Scorer.Headline.Name;
        page.Paragraph(
            $"Not to be held against the figures above: here unlabelled clips of the tested {run.Record.Folds.GroupKind} are "
            + "known beforehand and are not scored, and the mean of their features is taken from those of the others.");
        page.Table(
            $"{target.Scorer.Headline.Title} of {target.Name}, enrolled",
            ["model", .. enrolled.Select(protocol => (Cell)protocol.Name)],
            run.Ranked(target.Name, enrolled[^1].Name).Select(ranked => (IReadOnlyList<Cell>)
            [
                ranked.Model,
                .. enrolled.Select(protocol => run.Find(protocol.Name, target.Name, ranked.Model)![metric])
                    .Select(m => new Cell(Figure.Text(m.Pooled), Figure.Text(m.Interval))),
            ]));
    }
}
