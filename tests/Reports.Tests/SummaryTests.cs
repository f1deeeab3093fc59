using System.Xml.Linq;
using SerLab.Evaluation.Figures;
using Xunit;

namespace SerLab.Reports.Tests;

public class SummaryTests
{
    [Fact]
    public void The_first_paragraph_tells_best_model_interval_floor_flattery_lead_and_leaks()
    {
        RunFigures run = SampleRuns.Classes().Figures;
        IReadOnlyList<ModelFigures> ranked = run.Ranked("class", "grouped");
        MetricSummary uar = ranked[0]["uar"];
        ProtocolOptimism leaky = run.OptimismOf(ranked[0], "uar")!;
        double p = run.Tests.First(test => test is { Protocol: "grouped", Metric: "uar", Test: PairedTest.CorrectedT }
            && test.IsOf(ranked[0].Model, ranked[1].Model)).HolmPValue;

        string told = AnswersOf(run)[0];

        Assert.StartsWith(
            $"Best under grouped, where no speaker is both learnt from and tested: {ranked[0].Model}, UAR "
                + $"{Figure.Text(uar.Pooled)} {Figure.Text(uar.Interval)}",
            told,
            StringComparison.Ordinal);
        Assert.Contains("guessing", told, StringComparison.Ordinal);
        Assert.Contains("0.125", told, StringComparison.Ordinal);
        Assert.Contains(
            $"Under random the same model is given {Figure.Text(leaky.LeakyValue)} on the same clips", told,
            StringComparison.Ordinal);
        Assert.Contains(
            $"Its lead over {ranked[1].Model} is {(p < 0.05 ? "" : "not ")}significant", told, StringComparison.Ordinal);
        Assert.EndsWith("Leaks were found in random, none in grouped.", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_targets_are_told_by_name_and_the_sections_repeat_their_own()
    {
        string[] told = AnswersOf(SampleRuns.Ratings().Figures);

        Assert.Contains(
            "Arousal: best under grouped, where no location is both learnt from and tested: ", told[0], StringComparison.Ordinal);
        Assert.Contains("Valence: best under grouped, ", told[0], StringComparison.Ordinal);
        Assert.Contains(told[1]["Best".Length..], told[0], StringComparison.Ordinal);
        Assert.Equal(3, told.Length);
    }

    [Fact]
    public void Without_a_second_protocol_nothing_is_said_of_flattery_and_without_leaks_that_there_is_none()
    {
        string told = AnswersOf(SampleRuns.Ratings(protocols: "grouped").Figures)[0];

        Assert.DoesNotContain("optimism", told, StringComparison.Ordinal);
        Assert.EndsWith("No leak was found.", told, StringComparison.Ordinal);
    }

    private static string[] AnswersOf(RunFigures run)
    {
        string report = HtmlReport.Render(run);
        int start = report.IndexOf("<main>", StringComparison.Ordinal);
        XElement main = XElement.Parse(report[start..report.IndexOf("</main>", StringComparison.Ordinal)] + "</main>");
        return [.. main.Elements("p").Where(p => (string?)p.Attribute("class") == "answer").Select(p => p.Value)];
    }
}
