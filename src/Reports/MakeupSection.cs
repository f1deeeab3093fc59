using SerLab.Evaluation.Figures;
using SerLab.Training.Learners;

namespace SerLab.Reports;

/// <summary>How a target is spread over the groups: what a model would get that heard nothing but whom it hears.</summary>
internal static class MakeupSection
{
    public static void Write(ReportPage page, RunFigures run, Target target, ModelFigures best)
    {
        if (run.Record.Folds.GroupKind is not { } kind || target.IsReconstruction)
        {
            return;
        }

        GroupMakeup makeup = GroupMakeup.Of(run, target.Name, best);
        page.Heading(3, $"How {target.Name} is spread over {kind}");
        page.Paragraph(target.IsRating ? OfRating(makeup, target, kind) : OfClasses(makeup, target, kind));
        if (!target.IsRating && makeup.IsBalanced)
        {
            return;
        }

        page.Figures();
        if (target.IsRating)
        {
            page.Figure(
                ReportCharts.RatingsByGroup(run, target.Name, best),
                $"Predicted by {best.Model} under {best.Protocol}. Where the second line stays put while the first wanders, the "
                + "model does not follow.",
                height: ReportCharts.HeightOfGroups(GroupsOf(run)) + 40);
        }
        else
        {
            page.Figure(
                ReportCharts.ClassesByGroup(run, target.Name, best),
                $"Number of clips. A class that only few {kind}s have may be learnt as theirs.",
                height: ReportCharts.HeightOfGroups(makeup.Counts.Count) + 40);
        }

        page.EndFigures();
    }

    private static int GroupsOf(RunFigures run) => run.Record.Folds.Groups.Distinct().Count();

    private static string OfRating(GroupMakeup makeup, Target target, string kind) => double.IsNaN(makeup.Alone)
        ? $"All {Figure.Count(makeup.Clips)} clips have the same {target.Name}."
        : $"{Figure.Percent(makeup.Alone)} of the variance of {target.Name} lies between groups ({kind}); if the two were "
            + $"unrelated, it would be {Figure.Percent(makeup.Unrelated)}. A model may gain as much R² by recognising whom or "
            + "what it hears, under folds that split groups.";

    private static string OfClasses(GroupMakeup makeup, Target target, string kind) => makeup.IsBalanced
        ? $"Every {kind} has the same number of clips of each {target.Name}, so that the {kind} says nothing about it."
        : $"Naming the most frequent {target.Name} of its {kind}, and knowing nothing else of a clip, would be right for "
            + $"{Figure.Percent(makeup.Alone)} of clips; if the two were unrelated, for {Figure.Percent(makeup.Unrelated)}. A "
            + "model may reach the former by recognising whom or what it hears, under folds that split groups.";
}
