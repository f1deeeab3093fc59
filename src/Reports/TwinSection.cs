using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;

namespace SerLab.Reports;

/// <summary>The clips that sound the same, for the reader to judge.</summary>
internal static class TwinSection
{
    private const int Shown = 50;

    public static void Write(ReportPage page, RunFigures run)
    {
        RecordedCorpus corpus = run.Description.Corpus;
        page.Heading(2, "Twins by ear");
        if (corpus.Twins is not { } twins)
        {
            page.Paragraph(corpus.Sounds == 0
                ? "Not looked for: no sound is at hand."
                : "Not looked for: the run was told not to listen.");
            return;
        }

        IReadOnlyList<RunTwin> pairs = RunTwin.Of(run.Record);
        page.Paragraph(
            $"{HtmlReport.Plural(twins.Heard, "sound")} of {Figure.Count(corpus.Clips)} clips were compared with each other by "
            + "their mel bands, level taken away, and by how these run in time: copies at another gain, shifted, re-encoded or "
            + "under another name are found; two parts cut from one recording mostly are not. "
            + $"Found: {HtmlReport.Plural(pairs.Count, "pair")}.");
        if (pairs.Count == 0)
        {
            return;
        }

        int differing = pairs.Count(pair => pair.Disagrees);
        page.Paragraph(
            (differing > 0
                ? $"{HtmlReport.Plural(differing, "pair")} have different labels, so at least one of each is wrong or the label "
                    + "is not of the sound. "
                : "")
            + "Protocols that keep groups whole keep twins together, unless their folds are published ones. Judge by ear: "
            + $"{RunFiles.Twins} beside this page plays them pair after pair where the sounds are files of this computer.");
        page.Table(
            "Clips that sound the same",
            ["first", "second", new Cell("distance", "of the median pair"), "label"],
            pairs.OrderByDescending(pair => pair.Disagrees).ThenBy(pair => pair.Twin.Distance).Take(Shown).Select(
                pair => (IReadOnlyList<Cell>)
                [
                    pair.Twin.First,
                    pair.Twin.Second,
                    Figure.Text(pair.Twin.Distance),
                    pair.Disagrees ? $"{pair.FirstTruth} / {pair.SecondTruth}" : pair.FirstTruth,
                ]));
        if (pairs.Count > Shown)
        {
            page.Paragraph($"The first {Shown}; all are in {RunFiles.Description}.", "note");
        }
    }
}
