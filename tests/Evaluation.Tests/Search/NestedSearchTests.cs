using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.CrossValidation;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Runs;
using SerLab.Evaluation.Search;
using SerLab.Evaluation.Tests.Runs;
using SerLab.Reports;
using SerLab.Reports.Charts;
using SerLab.TestSupport;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using SerLab.Training.Metrics;
using SerLab.Training.Splitting;
using Xunit;

namespace SerLab.Evaluation.Tests.Search;

public class NestedSearchTests
{
    private static readonly SearchSpecification Grid =
        SearchSpecificationTests.Specification("C=0.1,1,10", "gamma=0.01,1") with { Folds = 3 };

    private static readonly SearchSpecification ClassGrid = new()
    {
        Learner = LearnerSpecification.Default("svc"),
        Settings = [SettingValues.Parse("C", "0.1,10"), SettingValues.Parse("balancer", "none,smote")],
        Folds = 3,
    };

    [Theory, InlineData("random", false), InlineData("grouped", true)]
    public void The_cross_validator_tells_groups_where_its_own_folds_keep_them_whole(string protocol, bool told)
    {
        GroupRecorder recorder = new();
        Protocol judged = ProtocolCatalogue.For(TestRuns.Corpus, protocol, 3, 1);
        CrossValidator.Run(TestRuns.Corpus, TestRuns.Features, [recorder], ["valence"], [judged]);

        Assert.Equal(
            judged.SchemeFor("recorder").Folds.Select(f => told
                ? string.Join(',', f.Train.Select(clip => judged.Groups.Numbers[clip]))
                : "").Order(),
            recorder.Groups.Select(g => string.Join(',', g)).Order());
    }

    [Fact]
    public void Inner_folds_never_split_a_group() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<int>().Select(i => Math.Abs(i % 9)).ArrayOf(40).ToArbitrary(),
        groups =>
        {
            if (groups.Distinct().Count() < 2)
            {
                return true;
            }

            int[] labels = [.. Enumerable.Range(0, 40).Select(i => i % 2)];
            return new[] { null, labels }.All(l =>
            {
                IReadOnlyList<Fold> folds = InnerFolds.Split(40, l, groups, 5, 0).Folds;
                return folds.SelectMany(f => f.Test).Order().SequenceEqual(Enumerable.Range(0, 40))
                    && folds.All(f => !f.Train.Select(i => groups[i]).Intersect(f.Test.Select(i => groups[i])).Any());
            });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Inner_folds_are_as_strict_as_the_outer_and_say_so()
    {
        Assert.Contains("whole groups", Run("grouped").Folds[0].Inner.Folds, StringComparison.Ordinal);
        Assert.Contains("shuffled", Run("random").Folds[0].Inner.Folds, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_clips_have_no_part_in_the_choice()
    {
        Protocol protocol = ProtocolCatalogue.For(TestRuns.Corpus, "grouped", 3, 1);
        int[] test = protocol.SchemeFor("svr").Folds[1].Test;
        Corpus altered = TestRuns.Corpus with
        {
            Clips =
            [
                .. TestRuns.Corpus.Clips.Select((clip, i) => !test.Contains(i) ? clip : clip with
                {
                    Ratings = new Dictionary<string, double> { ["valence"] = -clip.Ratings["valence"], ["arousal"] = 0 },
                }),
            ],
        };

        SearchOutcome before = Run("grouped");
        SearchOutcome after = NestedSearch.Run(
            altered, TestRuns.Features, Grid, "valence", ProtocolCatalogue.For(altered, "grouped", 3, 1));

        Assert.Equal(Text(before.Folds[1].Inner), Text(after.Folds[1].Inner));
        Assert.NotEqual(before.Folds[1].TestScore, after.Folds[1].TestScore);
        Assert.NotEqual(Text(before.Folds[0].Inner), Text(after.Folds[0].Inner));
    }

    [Fact]
    public void Threads_change_nothing()
    {
        Assert.Equal(Text(Run("grouped", threads: 1)), Text(Run("grouped", threads: 3)));
        Assert.Equal(Text(RunClasses(threads: 1)), Text(RunClasses(threads: 3)));
    }

    [Fact]
    public void The_nested_score_is_that_of_the_chosen_candidates()
    {
        SearchOutcome outcome = Run("grouped");

        // Refitted on the whole training part, a chosen candidate is the very model that the table scored on that fold.
        Assert.All(outcome.Folds, fold => Assert.Equal(
            outcome.Table.Candidates.Single(c => c.ToString() == fold.Chosen.ToString()).Scores[fold.Fold], fold.TestScore, 2e-3));
        Assert.Equal(outcome.Folds.Average(f => f.TestScore), outcome.Nested, 1e-12);
        Assert.Equal(outcome.Table.Candidates.Max(c => c.Mean), outcome.Optimistic);
    }

    [Fact]
    public void Shared_distances_score_as_fits_of_their_own()
    {
        Protocol protocol = ProtocolCatalogue.For(TestRuns.Corpus, "random", 3, 1);
        IReadOnlyDictionary<string, string>[] settings = [.. Grid.Candidates()];
        FoldPrediction[] alone =
        [
            .. CrossValidator.Run(
                TestRuns.Corpus, TestRuns.Features,
                [.. settings.Select((s, i) => LearnerCatalogue.BuiltIn.CreateRegression(Grid.Apply(s) with { Name = $"{i}" }))],
                ["valence"], [protocol]).Predictions,
        ];

        SearchTable table = Run("random").Table;

        Assert.All(Enumerable.Range(0, settings.Length), i => Assert.All(Enumerable.Range(0, 3), fold => Assert.Equal(
            new RegressionScorer().Score(alone.Single(p => p.Model == $"{i}" && p.Fold == fold).Predictions)[0],
            table.Candidates[i].Scores[fold],
            2e-3)));
    }

    [Fact]
    public void Lower_is_better_where_the_metric_says_so()
    {
        SearchTable table = NestedSearch.Run(
            TestRuns.Corpus, TestRuns.Features, Grid with { Metric = "mae" }, "valence",
            ProtocolCatalogue.For(TestRuns.Corpus, "random", 3, 1)).Table;

        Assert.Equal("mae", table.Metric.Name);
        Assert.Equal(table.Candidates.Min(c => c.Mean), table.Best.Mean);
        Assert.Equal(table.Candidates.OrderBy(c => c.Mean).Select(c => c.ToString()), table.Candidates.OrderBy(c => c.Rank).Select(c => c.ToString()));
    }

    [Fact]
    public void An_undefined_score_comes_last()
    {
        SearchTable table = SearchTable.Of(
            RegressionMetrics.All[0], "",
            [.. new[] { "a", "b", "c" }.Select(v => new Dictionary<string, string> { ["x"] = v })],
            [[double.NaN, 1], [0.1, 0.1], [0.2, 0.2]]);

        Assert.Equal([3, 2, 1], table.Candidates.Select(c => c.Rank));
        Assert.Equal("x=c", table.Best.ToString());
    }

    [Fact]
    public void A_stopped_run_keeps_what_its_folds_chose_from()
    {
        using TemporaryFolder folder = new();
        SearchTable table = Run("grouped").Table;
        FoldOutcome outcome = new("key", [1], [], 0, 0) { Search = table };
        using (RunJournal journal = RunJournal.TryCreate(folder.Path, "hash")!)
        {
            journal.Append(outcome);
        }

        using RunJournal again = RunJournal.TryOpen(folder.Path, "hash")!;
        Assert.Equal(Text(table), Text(again.Find("key")!.Search!));
    }

    [Fact]
    public void Two_settings_make_a_heat_map_and_others_do_not()
    {
        SearchTable table = Run("random").Table;
        Chart chart = SearchChart.HeatMap(table);
        HeatmapSeries cells = Assert.IsType<HeatmapSeries>(Assert.Single(chart.Series));

        Assert.Equal(["0.1", "1", "10"], chart.Y.Categories);
        Assert.Equal(["0.01", "1"], chart.X.Categories);
        Assert.Equal(table.Candidates.Select(c => c.Mean), cells.Rows.SelectMany(row => row));
        Assert.Throws<InvalidInputException>(() => SearchChart.HeatMap(table with { Candidates = [.. table.Candidates.Skip(1)] }));
    }

    [SkippableFact, Trait("Data", "real")]
    public void The_grid_scores_as_scikit_learns()
    {
        string[][] table = [.. File.ReadLines(ReferenceData.Require("reference", "regression.csv")).Skip(1).Select(l => l.Split(','))];
        double[][] numbers = Array.ConvertAll(table, row => Array.ConvertAll(row, v => double.Parse(v, CultureInfo.InvariantCulture)));
        FeatureMatrix rows = FeatureMatrix.FromRows(Array.ConvertAll(numbers, r => Array.ConvertAll(r[..^1], v => (float)v)), 74);
        TrainingRows training = new(rows, Array.ConvertAll(numbers, r => r[^1]), []);
        using JsonDocument peers = JsonDocument.Parse(File.ReadAllText(ReferenceData.Require("reference", "regression-peers.json")));
        JsonElement grid = peers.RootElement.GetProperty("results").GetProperty("grid");
        RegressionSearch search = new(
            SearchSpecificationTests.Specification("C=0.1,1,10,100", "gamma=0.001,0.013513513513513514,0.03,0.1", "scaler=none"));

        KFold splitter = new(10, 0);
        SearchTable ours = search.Score(
            training, splitter.Split(new SplitInput(rows.Rows)), splitter.Describe(), 0, threads: 2, null, default);

        Assert.Equal("C=10 gamma=0.001 scaler=none", ours.Best.ToString());
        Assert.All(grid.GetProperty("table").EnumerateArray().Zip(ours.Candidates), pair =>
            Assert.Equal(pair.First.GetProperty("r2").GetDouble(), pair.Second.Mean, 1e-4));
    }

    private static SearchOutcome Run(string protocol, int threads = 2) => NestedSearch.Run(
        TestRuns.Corpus, TestRuns.Features, Grid, "valence", ProtocolCatalogue.For(TestRuns.Corpus, protocol, 3, 1),
        new CrossValidationOptions { Threads = threads });

    private static SearchOutcome RunClasses(int threads) => NestedSearch.Run(
        TestRuns.Classes, TestRuns.Features, ClassGrid, ProtocolCatalogue.For(TestRuns.Classes, "grouped", 3, 1),
        new CrossValidationOptions { Threads = threads });

    private static string Text(object value) => JsonSerializer.Serialize(value);

    private sealed class GroupRecorder : IGroupAwareRegressionLearner
    {
        public string Name => "recorder";

        public ConcurrentBag<int[]> Groups { get; } = [];

        public IRegressionModel Fit(
            FeatureMatrix rows, ReadOnlySpan<double> targets, int seed, CancellationToken cancellationToken = default) =>
            FitGrouped(rows, targets, [], seed, cancellationToken);

        public IRegressionModel FitGrouped(
            FeatureMatrix rows, ReadOnlySpan<double> targets, ReadOnlySpan<int> groups, int seed,
            CancellationToken cancellationToken = default)
        {
            Groups.Add(groups.ToArray());
            return new MeanRegressor().Fit(rows, targets, seed, cancellationToken);
        }
    }
}
