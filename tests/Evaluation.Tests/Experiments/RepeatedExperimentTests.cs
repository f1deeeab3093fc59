using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Evaluation.Verification;
using SerLab.Training.Catalogue;
using Xunit;

namespace SerLab.Evaluation.Tests.Experiments;

public class RepeatedExperimentTests
{
    [Fact]
    public void A_repeated_experiment_tests_every_clip_in_every_repeat_and_verifies()
    {
        using TemporaryFolder folder = new();
        ExperimentOutcome outcome = Run(TestRuns.Corpus, repeats: 3, folder.Path);

        ILookup<string, FoldPrediction> byProtocol = outcome.Run.Record.Predictions.ToLookup(p => p.Task.Protocol);
        FoldPrediction[] random = [.. byProtocol["random"]];
        Assert.Equal(Enumerable.Range(0, 9), random.Select(p => p.Task.Fold));
        Assert.All(random.Chunk(3), repeat =>
            Assert.Equal(Enumerable.Range(0, TestRuns.Clips), repeat.SelectMany(p => p.Clips).Order()));
        Assert.NotEqual(random[0].Clips, random[3].Clips);

        // Whole groups of rated clips are not shuffled: more repeats would be the same folds again.
        Assert.Equal(3, byProtocol["grouped"].Count());
        Assert.True(RunVerifier.Verify(outcome.Run.Folder!).Passed);
    }

    [Fact]
    public void Whole_groups_of_classes_are_dealt_anew_in_every_repeat() =>
        Assert.Equal(6, Run(TestRuns.Classes, repeats: 2).Run.Record.Predictions.Count(p => p.Task.Protocol == "grouped"));

    [Fact]
    public void Several_seeds_are_no_single_run() => Assert.Contains(
        "2 seeds",
        Assert.Throws<InvalidInputException>(() => ExperimentRunner.Run(
            new Experiment { Name = "twice", Seeds = [1, 2] }, TestRuns.Corpus)).Message,
        StringComparison.Ordinal);

    private static ExperimentOutcome Run(Corpus corpus, int repeats, string? folder = null) => ExperimentRunner.Run(
        new Experiment
        {
            Name = "repeated",
            Learners = [LearnerSpecification.Default(corpus.Targets.Count > 0 ? "mean" : "majority")],
            Targets = corpus.Targets.Count > 0 ? ["valence"] : [],
            Folds = 3,
            Repeats = repeats,
        },
        corpus with { Features = TestRuns.Features },
        new Surroundings { RunsFolder = folder });
}
