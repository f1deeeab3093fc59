using SerLab.Core;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Evaluation.Verification;
using SerLab.Training.Splitting;
using Xunit;

namespace SerLab.Evaluation.Tests.Protocols;

public sealed class EnrolmentTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_folds_are_those_of_grouped_without_the_known_clips_in_the_tests()
    {
        Protocol enrolled = Divided("enrolled(2)");
        IReadOnlyList<Fold> grouped = Divided("grouped").SchemeFor("svr").Folds;

        Assert.Equal("enrolled(2)", enrolled.Name);
        Assert.All(grouped.Zip(enrolled.SchemeFor("svr").Folds), pair =>
        {
            Assert.Equal(pair.First.Train, pair.Second.Train);
            Assert.Equal(pair.First.Test.Where(clip => !enrolled.Enrolment!.IsEnrolled(clip)), pair.Second.Test);
        });
        Assert.All(
            Enumerable.Range(0, TestRuns.Clips).GroupBy(clip => TestRuns.Corpus.Clips[clip].Groups["speaker"]),
            speaker => Assert.Equal(2, speaker.Count(enrolled.Enrolment!.IsEnrolled)));
        Assert.Equal(2 * 7, enrolled.NeverTested.Count);
        Assert.Contains("of every tested speaker 2 clips are known", enrolled.Description, StringComparison.Ordinal);
        Assert.Contains(
            "of every tested speaker one clip is known", Divided("enrolled(1)").Description, StringComparison.Ordinal);
    }

    [Fact]
    public void The_known_clips_follow_the_seed()
    {
        Assert.Equal(Known(3), Known(3));
        Assert.NotEqual(Known(3), Known(4));

        static int[] Known(int seed) =>
            [.. Enumerable.Range(0, TestRuns.Clips).Where(Divided("enrolled(2)", seed).Enrolment!.IsEnrolled)];
    }

    [Fact]
    public void A_speaker_that_is_learnt_from_is_centred_by_all_clips_and_a_tested_one_by_those_that_are_known()
    {
        Enrolment enrolment = Divided("enrolled(2)").Enrolment!;
        FeatureMatrix raw = TestRuns.Features.Values;
        FeatureMatrix learnt = enrolment.Learnt(raw);
        FeatureMatrix tested = enrolment.Tested(raw);

        foreach (int[] speaker in Enumerable.Range(0, TestRuns.Clips).GroupBy(clip => clip % 7).Select(group => group.ToArray()))
        {
            int[] known = [.. speaker.Where(enrolment.IsEnrolled)];
            for (int j = 0; j < raw.Columns; j++)
            {
                Assert.Equal(0, speaker.Average(clip => learnt[clip, j]), 1e-6);
                Assert.Equal(0, known.Average(clip => tested[clip, j]), 1e-6);
                Assert.All(speaker, clip =>
                    Assert.Equal(raw[clip, j] - raw[speaker[0], j], tested[clip, j] - tested[speaker[0], j], 1e-5f));
            }
        }
    }

    [Fact]
    public void What_lies_on_all_clips_of_a_speaker_changes_no_prediction_of_an_enrolled_one()
    {
        RunInputs inputs = TestRuns.Ratings();
        FeatureMatrix raw = (FeatureMatrix)inputs.Examples;
        float[] offset = [.. raw.Values.ToArray().Select((value, i) => value + (8 * (i / 2 % 7)))];

        Assert.Equal(Of(raw, "enrolled(2)"), Of(raw.With(offset), "enrolled(2)"), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.NotEqual(Of(raw, "grouped"), Of(raw.With(offset), "grouped"), (a, b) => Math.Abs(a - b) < 1e-5);

        double[] Of(FeatureMatrix features, string protocol) =>
        [
            .. TestRuns.Run(inputs with { Examples = features, Protocols = [Divided(protocol)] }).Record.Predictions
                .Where(fold => fold.Task.Model == "seeded").SelectMany(fold => fold.Predictions.Predicted),
        ];
    }

    [Fact]
    public void Its_figures_are_neither_the_headline_nor_held_against_those_of_clips_by_themselves()
    {
        RunFigures figures = TestRuns.Run(
            TestRuns.Ratings() with { Protocols = [Divided("enrolled(2)"), Divided("random"), Divided("grouped")] }).Figures;

        Assert.Equal("grouped", figures.HeadlineProtocol.Name);
        Assert.Equal([2, null, null], figures.Description.Protocols.Select(protocol => protocol.Enrolled));
        Assert.NotEmpty(figures.Optimism);
        Assert.DoesNotContain(figures.Optimism, pair => pair.Honest == "enrolled(2)" || pair.Leaky == "enrolled(2)");
        Assert.Equal(
            "enrolled(2)",
            TestRuns.Run(TestRuns.Ratings() with { Protocols = [Divided("enrolled(2)")] }).Figures.HeadlineProtocol.Name);
    }

    [Fact]
    public void Verify_finds_a_known_clip_that_was_scored()
    {
        string run = TestRuns.Run(TestRuns.Ratings() with { Protocols = [Divided("enrolled(2)")] }, folder["run"]).Folder!;
        Assert.Empty(RunVerifier.Verify(run).Mismatches);

        string description = Path.Combine(run, RunFiles.Description);
        File.WriteAllText(description, File.ReadAllText(description).Replace(
            "\"enrolled\": 2", "\"enrolled\": 3", StringComparison.Ordinal));

        Assert.Contains(
            RunVerifier.Verify(run).Mismatches,
            mismatch => mismatch.What.Contains("knows 3 clips of 'speaker", StringComparison.Ordinal));
    }

    [Fact]
    public void A_speaker_without_more_clips_than_are_known_is_only_learnt_from()
    {
        // Speaker 0 has six clips, all others five.
        Protocol protocol = Divided("enrolled(5)");

        Assert.Equal(0, Assert.Single(protocol.SchemeFor("svr").Folds.SelectMany(fold => fold.Test)) % 7);
        Assert.Contains(
            "has more than the 6 clips",
            Assert.Throws<InvalidInputException>(() => Divided("enrolled(6)")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("enrolled", "needs a number of clips, at least 1, as in enrolled(10)")]
    [InlineData("enrolled(0)", "needs a number of clips")]
    [InlineData("enrolled(few)", "needs a number of clips")]
    [InlineData("grouped(3)", "takes no number")]
    [InlineData("enroled(3)", "enrolled")]
    public void A_protocol_is_named_with_a_number_where_it_takes_one(string name, string expected)
    {
        Assert.Contains(
            expected, Assert.ThrowsAny<InvalidInputException>(() => Divided(name)).Message, StringComparison.Ordinal);
        InvalidInputException inFile = Assert.ThrowsAny<InvalidInputException>(
            () => ReadWith($"grouped, {name}"));
        Assert.Contains("e.yaml", inFile.Message, StringComparison.Ordinal);
        Assert.Contains(expected, inFile.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_experiment_file_names_it_with_its_number() => Assert.Equal(
        ["grouped", "enrolled(5)", "enrolled(40)"],
        ReadWith("grouped, enrolled(5), enrolled(40)").Experiments[0].Protocols);

    private ExperimentSeries ReadWith(string protocols) => ExperimentFile.Read(
        folder.Write("e.yaml", $"name: e\ncorpus: isd\nprotocols: [{protocols}]\nlearners: [mean]\n"));

    private static Protocol Divided(string name, int seed = 1) => ProtocolCatalogue.BuiltIn.Create(
        name, new ProtocolRequest(TestRuns.Corpus) { Folds = 3, Seed = seed });
}
