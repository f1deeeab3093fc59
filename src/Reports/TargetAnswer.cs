using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Protocols;
using SerLab.Training.Learners;

namespace SerLab.Reports;

/// <summary>What a run says of one target, as sentences that stand by themselves.</summary>
/// <param name="Target">The target.</param>
/// <param name="Best">The best model under the protocol that counts.</param>
/// <param name="Verdict">Whether it was shown to be better than a model that has learnt nothing.</param>
/// <param name="Sentences">Figure, floor, leaky figure and lead over the next model.</param>
internal sealed record TargetAnswer(Target Target, ModelFigures Best, FloorVerdict Verdict, string Sentences)
{
    private const double Level = 0.05;

    /// <summary>The answer of a run.</summary>
    public static TargetAnswer Of(RunFigures run, Target target)
    {
        IReadOnlyList<ModelFigures> ranked = run.Ranked(target.Name, run.HeadlineProtocol.Name);
        FloorVerdict verdict = FloorVerdicts.Of(ranked[0], target);
        string[] sentences =
        [
            Figures(run, ranked[0], target, verdict),
            Flattery(run, ranked[0], target),
            Lead(run, ranked, target),
            run.HeadlineProtocol.Rule == GroupRule.None
                ? "No protocol of this run keeps groups or sources whole, so what unseen ones would give is not known."
                : "",
        ];
        return new TargetAnswer(
            target, ranked[0], verdict, string.Join(" ", sentences.Where(sentence => sentence.Length > 0)));
    }

    private static string Figures(RunFigures run, ModelFigures best, Target target, FloorVerdict verdict)
    {
        MetricSummary summary = best[target.Scorer.Headline.Name];
        string floor = verdict switch
        {
            FloorVerdict.NoBetter => $", no better than {target.FloorModel} ({Figure.Text(target.Floor)})",
            FloorVerdict.NotShown => $", not shown to be better than {target.FloorModel} ({Figure.Text(target.Floor)})",
            _ => double.IsNaN(target.Floor) ? "" : $", where {target.FloorModel} has {Figure.Text(target.Floor)}",
        };
        return $"Best under {best.Protocol}{Promise(run)}: {best.Model}, {summary.Metric.Title} {Figure.Text(summary.Pooled)} "
            + $"{Figure.Text(summary.Interval)}{floor}.";
    }

    private static string Promise(RunFigures run) => run.HeadlineProtocol.Rule switch
    {
        GroupRule.WholeGroups or GroupRule.WholeNamedGroups =>
            $", where no {run.Record.Folds.GroupKind ?? "group"} is both learnt from and tested",
        GroupRule.WholeSources => ", where no source recording is both learnt from and tested",
        GroupRule.WholeCorpora => ", where no corpus is both learnt from and tested",
        _ => "",
    };

    private static string Flattery(RunFigures run, ModelFigures best, Target target) =>
        run.OptimismOf(best, target.Scorer.Headline.Name) is { } leaky
            ? $"Under {leaky.Leaky} the same model is given {Figure.Text(leaky.LeakyValue)} on the same clips, an optimism of "
                + $"{Figure.Signed(leaky.Optimism)}."
            : "";

    private static string Lead(RunFigures run, IReadOnlyList<ModelFigures> ranked, Target target)
    {
        if (ranked.Count < 2)
        {
            return "";
        }

        PairedTest? test = run.Tests.FirstOrDefault(t => t.Protocol == ranked[0].Protocol && t.Target == target.Name
            && t.Metric == target.Scorer.Headline.Name && t.Test == PairedTest.CorrectedT
            && t.IsOf(ranked[0].Model, ranked[1].Model));
        return test is null || double.IsNaN(test.HolmPValue)
            ? $"Whether it leads {ranked[1].Model} could not be tested."
            : $"Its lead over {ranked[1].Model} is {(test.HolmPValue < Level ? "significant" : "not significant")} "
                + $"(p {(test.HolmPValue < 0.001 ? "" : "= ")}{Figure.PValue(test.HolmPValue)}).";
    }
}
