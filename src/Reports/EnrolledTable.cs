using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Training.Learners;

namespace SerLab.Reports;

/// <summary>
/// Figures of models that knew some clips of what they were tested on, or were asked about clips scaled together: another
/// question than that of clips by themselves, so a table of their own.
/// </summary>
internal static class EnrolledTable
{
    public static void Write(ReportPage page, RunFigures run, Target target)
    {
        RecordedProtocol[] enrolled = [.. run.Description.Protocols.Where(protocol => protocol.UsesTestClips)];
        if (enrolled.Length == 0)
        {
            return;
        }

        string metric = target.Scorer.Headline.Name;
        page.Paragraph(
            "Not to be held against the figures of clips judged by themselves: here unlabelled test clips help to judge others. "
            + $"{string.Join(" ", enrolled.Select(protocol => $"{protocol.Name}: {protocol.Description}."))}");
        page.Table(
            $"{target.Scorer.Headline.Title} of {target.Name}, unlabelled test clips used",
            ["model", .. enrolled.Select(protocol => (Cell)protocol.Name)],
            run.Ranked(target.Name, enrolled[^1].Name).Select(ranked => (IReadOnlyList<Cell>)
            [
                ranked.Model,
                .. enrolled.Select(protocol => run.Find(protocol.Name, target.Name, ranked.Model)![metric])
                    .Select(m => new Cell(Figure.Text(m.Pooled), Figure.Text(m.Interval))),
            ]));
    }
}
