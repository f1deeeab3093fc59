using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Synthetic;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Running;
using SerLab.TestSupport;
using SerLab.Training.Catalogue;
using SerLab.Training.Conformal;
using SerLab.Training.Metrics;
using Xunit;

namespace SerLab.Evaluation.Tests.Figures;

public sealed class CoverageTests
{
    [Fact]
    public void Each_group_is_held_as_often_as_rules_of_the_other_groups_hold_it()
    {
        RunFigures run = TestRuns.Run(TestRuns.Ratings()).Figures;

        CoverageFigures coverage = run.CoverageOf("valence", "seeded")!;

        Assert.Equal("grouped", coverage.Protocol);
        (int[] clips, PredictionSet set) = run.OutOfFold("grouped", "valence", "seeded");
        int[] groups = Array.ConvertAll(clips, clip => run.Record.Folds.GroupNumbers[clip]);
        Assert.Equal(7, coverage.Groups.Count);
        Assert.Equal(TestRuns.Clips, coverage.Groups.Sum(group => group.Predictions));
        foreach (GroupCoverage group in coverage.Groups)
        {
            int[] inside = [.. Positions(i => run.Record.Folds.Groups[clips[i]] == group.Group)];
            int[] outside = [.. Positions(i => !inside.Contains(i))];
            IntervalRule rule = IntervalRule.Of(set.Select(outside), [.. outside.Select(i => groups[i])]);
            Assert.Equal(inside.Average(i => rule.Covers(set, i) ? 1.0 : 0), group.Coverage, 1e-12);
            Assert.Equal(inside.Average(i => rule.WidthAt(set, i)), group.Width, 1e-12);
        }

        Assert.Equal(coverage.Groups.Sum(g => g.Predictions * g.Coverage) / TestRuns.Clips, coverage.Coverage, 1e-12);

        IEnumerable<int> Positions(Func<int, bool> which) => Enumerable.Range(0, clips.Length).Where(which);
    }

    [Fact]
    public void Only_the_protocol_that_counts_and_targets_with_intervals_are_measured()
    {
        RunFigures run = TestRuns.Run(TestRuns.OfClasses()).Figures;

        Assert.Equal(["first", "second"], run.Coverage.Select(row => row.Model));
        Assert.All(run.Coverage, row => Assert.Equal("grouped", row.Protocol));
        Assert.All(run.Coverage, row => Assert.InRange(row.Width, 1, 2));
    }

    [Fact]
    public void Intervals_hold_nine_in_ten_clips_of_unseen_families_of_synthetic_sounds() =>
        AssertHolds(SyntheticSoundscapes.Create(), null, "ridge", "forest");

    [SkippableFact]
    [Trait("Data", "real")]
    public void Intervals_hold_nine_in_ten_answers_at_unseen_locations() =>
        AssertHolds(CorpusLibrary.Load("isd", ReferenceData.Require("data", "isd")), null, "svr", "ridge", "forest");

    [SkippableFact]
    [Trait("Data", "real")]
    public void Sets_hold_the_emotion_of_nine_in_ten_clips_of_unseen_speakers() =>
        AssertHolds(
            CorpusLibrary.Load("ravdess", ReferenceData.Require("data", "ravdess-speech")),
            "librosa180",
            "logistic",
            "forest",
            "mlp",
            "svc",
            "neighbours",
            "tree");

    private static void AssertHolds(Corpus corpus, string? features, params string[] models)
    {
        RunFigures run = ExperimentRunner.Run(
            new Experiment
            {
                Name = "coverage",
                FeatureSets = features is null ? [] : [features],
                Learners = [.. models.Select(LearnerSpecification.Default)],
                Protocols = ["grouped"],
            },
            corpus,
            new Surroundings { Threads = Environment.ProcessorCount }).Run.Figures;

        Assert.Equal(models.Length * run.Description.Targets.Count, run.Coverage.Count);
        Assert.All(run.Coverage, row => Assert.True(
            row is { IsReached: true, Coverage: > 0.87 and < 0.93 }, $"{row.Model} holds {row.Coverage} of {row.Target}"));
    }
}
