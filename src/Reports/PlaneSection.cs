using SerLab.Evaluation.Figures;
using SerLab.Training.Learners;

namespace SerLab.Reports;

/// <summary>Two ratings seen together.</summary>
internal static class PlaneSection
{
    public static void Write(ReportPage page, RunFigures run)
    {
        Target[] ratings = [.. run.Description.Targets.Where(t => t.IsRating)];
        if (ratings.Length < 2)
        {
            return;
        }

        Target across = Named(ratings, "valence") ?? ratings[0];
        Target up = Named(ratings, "arousal") is { } arousal && arousal != across ? arousal : ratings.First(t => t != across);
        string protocol = run.HeadlineProtocol.Name;
        (string, string) Best(Target target) => (target.Name, run.Ranked(target.Name, run.HeadlineProtocol.Name)[0].Model);
        page.Heading(2, $"{Figure.Capital(across.Name)} and {up.Name} together");
        page.Figures();
        page.Figure(
            ReportCharts.ValenceArousalPlane(run, Best(across), Best(up), protocol),
            "The same clips as rated and as predicted by the best model of each target. Predictions that huddle in the middle "
            + $"play safe.{ScatterSample.Of(run).Sentence}",
            height: 480);
        page.EndFigures();
    }

    private static Target? Named(Target[] targets, string name) =>
        Array.Find(targets, t => t.Name.Contains(name, StringComparison.OrdinalIgnoreCase));
}
