using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Statistics;
using SerLab.Training.Metrics;
using SerLab.Training.Splitting;
using Xunit;

namespace SerLab.Evaluation.Tests.Figures;

public class RunFigureTests
{
    private static readonly RunFigures Figures = TestRuns.Run(TestRuns.Ratings()).Figures;

    [Fact]
    public void A_run_has_rows_and_corrected_tests()
    {
        Assert.Equal(8, Figures.Rows.Count);
        ModelFigures row = Figures.Find("grouped", "valence", "seeded")!;
        Assert.Equal(3, row["mse"].Folds.Count);
        Assert.Equal(row["mse"].Folds.Average(), row["mse"].Mean, 1e-12);
        Assert.InRange(row["mse"].Pooled, row["mse"].Interval.Low, row["mse"].Interval.High);
        Assert.All(Figures.Tests, test => Assert.True(test.HolmPValue >= test.Result.PValue));
        Assert.Equal(12, Figures.Tests.Count);
    }

    [Fact]
    public void Optimism_is_above_zero_where_the_leaky_figure_flatters_whatever_the_metric()
    {
        Metric higher = new("up", "up", HigherIsBetter: true);
        Metric lower = new("down", "down", HigherIsBetter: false);

        Assert.Equal(0.25, ProtocolOptimism.Of(higher, flattering: 0.75, honest: 0.5));
        Assert.Equal(0.25, ProtocolOptimism.Of(lower, flattering: 0.5, honest: 0.75));
    }

    [Fact]
    public void Optimism_holds_an_honest_row_against_the_leaky_protocol()
    {
        ModelFigures honest = Figures.Find("grouped", "valence", "seeded")!;
        ModelFigures leaky = Figures.Find("random", "valence", "seeded")!;

        ProtocolOptimism mse = Figures.OptimismOf(honest, "mse")!;
        Assert.Equal(("random", "grouped"), (mse.Leaky, mse.Honest));
        Assert.Equal(honest["mse"].Pooled - leaky["mse"].Pooled, mse.Optimism);
        Assert.Equal(leaky["r2"].Pooled - honest["r2"].Pooled, Figures.OptimismOf(honest, "r2")!.Optimism);
        Assert.Null(Figures.OptimismOf(leaky, "r2"));
    }

    [Fact]
    public void Optimism_is_taken_on_the_clips_that_both_protocols_test()
    {
        // Every third clip is a mix of two sources, most of which fall into different folds and are never tested.
        Corpus corpus = TestRuns.Corpus with
        {
            Clips =
            [
                .. TestRuns.Corpus.Clips.Select((clip, i) =>
                    clip with { Sources = i % 3 == 0 ? [$"s{i % 9}", $"s{i % 8}"] : [$"own{i}"] }),
            ],
        };
        RunFigures run = TestRuns.Run(TestRuns.Ratings() with
        {
            Corpus = corpus,
            Protocols = TestRuns.Protocols(corpus, "random", "sources-out"),
        }).Figures;

        ModelFigures honest = run.Find("sources-out", "valence", "seeded")!;
        ProtocolOptimism optimism = run.OptimismOf(honest, "mse")!;

        (int[] tested, _) = run.OutOfFold("sources-out", "valence", "seeded");
        (int[] clips, PredictionSet leaky) = run.OutOfFold("random", "valence", "seeded");
        int[] shared = [.. Enumerable.Range(0, clips.Length).Where(i => tested.Contains(clips[i]))];
        Assert.InRange(shared.Length, 1, clips.Length - 1);
        Assert.Equal(
            shared.Average(i => Math.Pow(leaky.Truth[i] - leaky.Predicted[i], 2)), optimism.LeakyValue, 1e-12);
        Assert.Equal(honest["mse"].Pooled, optimism.HonestValue);
    }

    [Fact]
    public void Protocols_that_test_no_clip_in_common_have_no_optimism()
    {
        ProtocolRequest request = new(TestRuns.Corpus) { Folds = 3, Seed = 1, Split = new HoldOutSize(6, Stratified: false) };
        RunFigures run = TestRuns.Run(TestRuns.Ratings() with
        {
            Protocols =
            [
                .. new[] { "holdout", "holdout-training" }.Select(name => ProtocolCatalogue.BuiltIn.Get(name).Create(request)),
            ],
        }).Figures;

        Assert.Empty(run.Optimism);
    }

    [Theory]
    [InlineData("random grouped", "grouped", "random")]
    [InlineData("grouped", "grouped", null)]
    [InlineData("random", "random", null)]
    [InlineData("thesis random grouped", "grouped", "random")]
    [InlineData("random thesis", "random", "thesis")]
    [InlineData("leave-one-group-out in-order grouped", "leave-one-group-out", "in-order")]
    public void The_headline_keeps_groups_whole_and_stands_beside_the_cleanest_leaky_protocol(
        string protocols, string headline, string? leaky)
    {
        RecordedProtocol[] recorded =
        [
            .. TestRuns.Protocols(TestRuns.Corpus, protocols.Split(' ')).Select(p => new RecordedProtocol(
                p.Name, "", p.Rule, p.GlobalPreprocessing?.Name, p.Clips.Count, 0, new Dictionary<string, string>(), [])),
        ];

        RecordedProtocol found = HeadlinePolicy.Headline(recorded);

        Assert.Equal(headline, found.Name);
        Assert.Equal(leaky, HeadlinePolicy.LeakyBeside(found, recorded)?.Name);
    }

    [Fact]
    public void Models_are_ranked_by_the_headline_metric_unless_another_is_named()
    {
        ModelFigures[] rows = [.. Figures.Rows.Where(row => row is { Protocol: "grouped", Target: "arousal" })];

        Assert.Equal(
            rows.OrderByDescending(row => row["r2"].Pooled).Select(row => row.Model),
            Figures.Ranked("arousal", "grouped").Select(row => row.Model));
        Assert.Equal(
            rows.OrderBy(row => row["mae"].Pooled).Select(row => row.Model),
            Figures.Ranked("arousal", "grouped", "mae").Select(row => row.Model));
        Assert.Equal(
            Figures.Rows.Where(row => row.Protocol == "grouped").GroupBy(row => row.Model)
                .OrderByDescending(rows => rows.Sum(row => row["r2"].Pooled)).First().Key,
            Figures.BestModel);
    }

    [Fact]
    public void The_best_model_is_one_of_those_that_beat_the_floor_in_most_targets()
    {
        RunFigures figures = Figures with
        {
            Rows =
            [
                Row("valence", "lopsided", 0.05, low: -0.1), Row("arousal", "lopsided", 0.9, low: 0.8),
                Row("valence", "even", 0.2, low: 0.1), Row("arousal", "even", 0.4, low: 0.3),
                Row("valence", "lesser", 0.15, low: 0.1), Row("arousal", "lesser", 0.4, low: 0.3),
            ],
        };

        Assert.Equal("even", figures.BestModel);

        static ModelFigures Row(string target, string model, double pooled, double low) => new("grouped", target, model,
        [
            new MetricSummary(
                new Metric("r2", "R²", HigherIsBetter: true), [pooled], pooled, 0, pooled, new ConfidenceInterval(low, 1)),
        ]);
    }
}
