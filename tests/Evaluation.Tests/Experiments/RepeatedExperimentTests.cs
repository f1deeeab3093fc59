using SerLab.Datasets.Corpora;
using SerLab.Evaluation.CrossValidation;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Runs;
using SerLab.Evaluation.Tests.Runs;
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

        ILookup<string, FoldPrediction> byProtocol = outcome.Run.Predictions.ToLookup(p => p.Protocol);
        FoldPrediction[] random = [.. byProtocol["random"]];
        Assert.Equal(Enumerable.Range(0, 9), random.Select(p => p.Fold));
        Assert.All(random.Chunk(3), repeat =>
            Assert.Equal(Enumerable.Range(0, TestRuns.Clips), repeat.SelectMany(p => p.Clips).Order()));
        Assert.NotEqual(random[0].Clips, random[3].Clips);

        // Whole groups of rated clips are not shuffled: more repeats would be the same folds again.
        Assert.Equal(3, byProtocol["grouped"].Count());
        Assert.True(RunVerifier.Verify(outcome.Run.Folder!).Passed);
    }

    [Fact]
    public void Whole_groups_of_classes_are_dealt_anew_in_every_repeat() =>
        Assert.Equal(6, Run(TestRuns.Classes, repeats: 2).Run.Predictions.Count(p => p.Protocol == "grouped"));

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
        new ExperimentSurroundings { RunsFolder = folder });
}
