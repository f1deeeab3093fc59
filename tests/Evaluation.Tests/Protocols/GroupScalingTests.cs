using SerLab.Core;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Running;
using SerLab.Evaluation.Verification;
using Xunit;

namespace SerLab.Evaluation.Tests.Protocols;

public sealed class GroupScalingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_speaker_has_mean_zero_and_deviation_one_and_folds_stay_as_they_are()
    {
        Protocol scaled = Divided("grouped(scaled-by-speaker)");
        FeatureMatrix features = scaled.Scaling!.Scale(TestRuns.Features.Values);

        Assert.Equal(("grouped(scaled-by-speaker)", "speaker"), (scaled.Name, scaled.Scaling.Kind));
        Assert.All(
            Divided("grouped").SchemeFor("svr").Folds.Zip(scaled.SchemeFor("svr").Folds),
            pair =>
            {
                Assert.Equal(pair.First.Train, pair.Second.Train);
                Assert.Equal(pair.First.Test, pair.Second.Test);
            });
        foreach (int[] speaker in Enumerable.Range(0, TestRuns.Clips).GroupBy(clip => clip % 7).Select(group => group.ToArray()))
        {
            for (int j = 0; j < features.Columns; j++)
            {
                Assert.Equal(0, speaker.Average(clip => features[clip, j]), 1e-5);
                Assert.Equal(1, speaker.Average(clip => Math.Pow(features[clip, j], 2)), 1e-4);
            }
        }
    }

    [Fact]
    public void A_speakers_offset_and_gain_change_no_prediction()
    {
        RunInputs inputs = TestRuns.Ratings();
        FeatureMatrix raw = (FeatureMatrix)inputs.Examples;
        FeatureMatrix moved = raw.With(
            [.. raw.Values.ToArray().Select((value, i) => (value * (1 + (i / raw.Columns % 7))) + (8 * (i / raw.Columns % 7)))]);

        Assert.Equal(
            Of(raw, "grouped(scaled-by-speaker)"),
            Of(moved, "grouped(scaled-by-speaker)"),
            (a, b) => Math.Abs(a - b) < 1e-3);
        Assert.NotEqual(Of(raw, "grouped"), Of(moved, "grouped"), (a, b) => Math.Abs(a - b) < 1e-3);

        double[] Of(FeatureMatrix features, string protocol) =>
        [
            .. TestRuns.Run(inputs with { Examples = features, Protocols = [Divided(protocol)] }).Record.Predictions
                .Where(fold => fold.Task.Model == "seeded").SelectMany(fold => fold.Predictions.Predicted),
        ];
    }

    [Theory]
    [InlineData("grouped(scaled-by-speaker)", 0)]
    [InlineData("grouped(scaled-by-corpus)", TestRuns.Clips)]
    [InlineData("random(scaled-by-speaker)", TestRuns.Clips)]
    [InlineData("grouped", 0)]
    public void Clips_that_had_a_part_in_the_scaling_of_what_is_learnt_from_are_counted_as_a_leak(string protocol, int clips)
    {
        RunFigures figures = TestRuns.Run(TestRuns.Ratings() with { Protocols = [Divided(protocol)] }).Figures;

        Leak? leak = figures.Description.Protocols[0].Leaks.FirstOrDefault(found => found.Kind == LeakKind.ScaledTogether);
        Assert.Equal(clips, leak?.Count ?? 0);
    }

    [Fact]
    public void Its_figures_are_neither_the_headline_nor_held_against_those_of_clips_by_themselves_and_verify()
    {
        CompletedRun run = TestRuns.Run(
            TestRuns.Ratings() with
            {
                Protocols = [Divided("grouped(scaled-by-corpus)"), Divided("random"), Divided("grouped")],
            },
            folder["run"]);

        Assert.Equal("grouped", run.Figures.HeadlineProtocol.Name);
        Assert.Equal([true, false, false], run.Description.Protocols.Select(protocol => protocol.UsesTestClips));
        Assert.NotEmpty(run.Figures.Optimism);
        Assert.DoesNotContain(run.Figures.Optimism, pair => pair.Honest.Contains("scaled", StringComparison.Ordinal));
        Assert.Empty(RunVerifier.Verify(run.Folder!).Mismatches);
    }

    [Theory]
    [InlineData("grouped(scaled-by-mood)", "mood")]
    [InlineData("grouped(scaled-by-)", "takes no number")]
    [InlineData("grouped(speaker)", "grouped(scaled-by-speaker)")]
    [InlineData("enrolled(scaled-by-speaker)", "needs a number of clips")]
    [InlineData("thesis(scaled-by-speaker)", "scales all clips itself")]
    public void What_cannot_be_scaled_is_refused_in_a_sentence(string name, string words) => Assert.Contains(
        words, Assert.ThrowsAny<InvalidInputException>(() => Divided(name)).Message, StringComparison.Ordinal);

    private static Protocol Divided(string name) =>
        ProtocolCatalogue.BuiltIn.Create(name, new ProtocolRequest(TestRuns.Corpus) { Folds = 3 });
}
