using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;

namespace SerLab.Reports;

/// <summary>The whole run in one paragraph, for whoever reads no more.</summary>
internal static class SummarySection
{
    // More targets than this are told in numbers, with the best and the worst predicted of them.
    private const int MostTargets = 3;

    public static void Write(ReportPage page, RunFigures run)
    {
        TargetAnswer[] answers = [.. run.Description.Targets.Select(target => TargetAnswer.Of(run, target))];
        page.Paragraph(string.Join(" ", Sentences(answers).Append(Leaks(run))), "answer");
        page.Paragraph(
            $"Exported, unless another was named: {run.BestModel}, the best over all targets under {run.HeadlineProtocol.Name}. "
            + string.Join(" ", FloorVerdicts.Warnings(run, run.BestModel).Select(Figure.Capital)));
    }

    private static IEnumerable<string> Sentences(TargetAnswer[] answers)
    {
        if (answers.Length == 1)
        {
            return [answers[0].Sentences];
        }

        if (answers.Length <= MostTargets)
        {
            return answers.Select(Named);
        }

        TargetAnswer[] ordered =
            [.. answers.OrderByDescending(answer => answer.Best[answer.Target.Scorer.Headline.Name].Pooled)];
        int shown = answers.Count(answer => answer.Verdict == FloorVerdict.Better);
        return
        [
            $"Of {answers.Length} targets, {shown} {(shown == 1 ? "is" : "are")} shown to be predicted better than by a model "
            + "that has learnt nothing.",
            $"Predicted best: {Named(ordered[0])}",
            $"Predicted worst: {Named(ordered[^1])}",
        ];
    }

    private static string Named(TargetAnswer answer) =>
        $"{Figure.Capital(answer.Target.Name)}: {char.ToLowerInvariant(answer.Sentences[0])}{answer.Sentences[1..]}";

    private static string Leaks(RunFigures run)
    {
        RecordedProtocol[] leaking = [.. run.Description.Protocols.Where(protocol => protocol.Leaks.Count > 0)];
        IReadOnlyList<string> clean = SoundProtocols.Names(run.Description);
        string found = leaking.Length == 0 ? "No leak was found."
            : $"Leaks were found in {string.Join(", ", leaking.Select(protocol => protocol.Name))}"
                + (clean.Count > 0 ? $", none in {string.Join(", ", clean)}." : ".");
        return RunChecks.Of(run.Record).Caution is null ? found : $"{found} Nothing says which clips belong together.";
    }
}
