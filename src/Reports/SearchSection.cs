using SerLab.Evaluation.Figures;
using SerLab.Training.Learners;

namespace SerLab.Reports;

/// <summary>What searched models chose, fold by fold, and what the choice is worth on clips that had no part in it.</summary>
internal static class SearchSection
{
    public static void Write(ReportPage page, RunFigures run, Target target)
    {
        string headline = run.HeadlineProtocol.Name;
        foreach (SearchFigures search in run.Searches.Where(s => s.Target == target.Name && s.Protocol == headline))
        {
            string title = search.Nested.Metric.Title;
            page.Details($"Settings of {search.Model}, chosen inside every fold");
            page.Paragraph(
                $"Each fold's model was chosen among {HtmlReport.Plural(search.Table.Candidates.Count, "candidate")} without its "
                + $"test clips: {title} {Figure.MeanAndStd(search.Nested.Mean, search.Nested.Std)}. The scores it was chosen for "
                + $"claim {Figure.Text(search.Claimed)}, an optimism of {Figure.Signed(search.Optimism)}.");
            page.Table(
                $"{search.Model} on {target.Name}, {search.Protocol}: chosen by {search.Choices[0].Inner}",
                ["fold", $"{title} inside", $"{title} on the test part", "settings"],
                search.Choices.Select(choice => (IReadOnlyList<Cell>)
                [
                    Figure.Count(choice.Fold),
                    Figure.Text(choice.Chosen.Mean),
                    Figure.Text(choice.TestScore),
                    choice.Chosen.ToString(),
                ]));
            page.EndDetails();
        }
    }
}
