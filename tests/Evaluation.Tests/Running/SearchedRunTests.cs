using System.Collections.Concurrent;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Evaluation.Verification;
using SerLab.Reports;
using SerLab.Reports.Charts;
using SerLab.Training.Baselines;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using SerLab.Training.Search;
using SerLab.Training.Splitting;
using Xunit;

namespace SerLab.Evaluation.Tests.Running;

/// <summary>Runs with models whose settings are chosen inside every fold.</summary>
public sealed class SearchedRunTests : IDisposable
{
    private static readonly LearnerSpecification Svr = LearnerSpecification.Default("svr") with
    {
        Search = new SearchSpecification
        {
            Settings = [SettingValues.Parse("C", "0.1,1,10"), SettingValues.Parse("gamma", "0.01,1")],
            Folds = 3,
        },
    };

    private static readonly LearnerSpecification Svc = LearnerSpecification.Default("svc") with
    {
        Search = new SearchSpecification
        {
            Settings = [SettingValues.Parse("C", "0.1,10"), SettingValues.Parse("resampler", "none,smote")],
            Folds = 3,
        },
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, InlineData("random", false), InlineData("grouped", true)]
    public void Learners_are_told_groups_where_the_protocol_keeps_them_whole(string protocol, bool told)
    {
        GroupRecorder recorder = new();
        RunInputs inputs = TestRuns.Ratings();
        inputs = inputs with
        {
            Protocols = TestRuns.Protocols(TestRuns.Corpus, protocol),
            Targets = [inputs.Targets[0]],
            Learners = [recorder],
        };
        TestRuns.Run(inputs);

        Protocol judged = inputs.Protocols[0];
        Assert.Equal(
            judged.SchemeFor("recorder").Folds.Select(f => told
                ? string.Join(',', f.Train.Select(clip => judged.Groups.Numbers[clip]))
                : "").Order(),
            recorder.Groups.Select(g => string.Join(',', g)).Order());
    }

    [Fact]
    public void Inner_folds_are_as_strict_as_the_outer_and_say_so()
    {
        RunFigures run = TestRuns.Run(Ratings()).Figures;

        Assert.Contains("whole groups", Of(run, "grouped").Choices[0].Inner, StringComparison.Ordinal);
        Assert.DoesNotContain("groups", Of(run, "random").Choices[0].Inner, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_clips_have_no_part_in_the_choice()
    {
        int[] test = Ratings().Protocols[1].SchemeFor("svr").Folds[1].Test;
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

        string[] before = LinesOf(TestRuns.Run(Ratings(), folder["before"]));
        string[] after = LinesOf(TestRuns.Run(Ratings(altered), folder["after"]));

        Assert.Equal(before[1], after[1]);
        Assert.NotEqual(before[0], after[0]);
        Assert.NotEqual(before[2], after[2]);

        string[] LinesOf(CompletedRun run) =>
        [
            .. File.ReadLines(Path.Combine(run.Folder!, "searches.jsonl"))
                .Where(line => line.Contains("\"grouped\"", StringComparison.Ordinal)),
        ];
    }

    [Fact]
    public void Threads_and_interruptions_change_nothing()
    {
        int fits = 0;
        RunInputs interrupted = Ratings();
        interrupted = interrupted with
        {
            Learners =
            [
                interrupted.Learners[0],
                new SeededLearner("seeded", _ => { if (++fits == 4) { throw new InvalidOperationException("interrupted"); } }),
            ],
        };
        RunInputs whole = interrupted with { Learners = [interrupted.Learners[0], new SeededLearner("seeded")] };
        TestRuns.Run(whole, folder["one"], threads: 1);
        TestRuns.Run(whole, folder["three"], threads: 3);
        Assert.Throws<InvalidOperationException>(() => TestRuns.Run(interrupted, folder["resumed"]));
        Assert.True(TestRuns.Run(whole, folder["resumed"]).ResumedTasks > 0);

        Dictionary<string, string> one = TestRuns.Read(folder["one"]);
        Assert.Equal(6, one["searches.jsonl"].Count(c => c == '\n'));
        Assert.Equal(one, TestRuns.Read(folder["three"]));
        Assert.Equal(one, TestRuns.Read(folder["resumed"]));

        TestRuns.Run(Classes(), folder["class-one"], threads: 1);
        TestRuns.Run(Classes(), folder["class-three"], threads: 3);
        Assert.Equal(TestRuns.Read(folder["class-one"]), TestRuns.Read(folder["class-three"]));
        Assert.True(RunVerifier.Verify(folder["class-one"]).Passed);
    }

    [Fact]
    public void The_nested_figure_is_that_of_the_chosen_candidates_fitted_by_hand()
    {
        RunInputs inputs = Ratings();
        RunFigures run = TestRuns.Run(inputs).Figures;
        SearchFigures search = Of(run, "grouped");
        double[] truth = inputs.Targets[0].Values;

        double[] scores =
        [
            .. search.Choices.Select(choice =>
            {
                Fold fold = inputs.Protocols[1].SchemeFor("svr").Folds[choice.Fold];
                LearnerSpecification chosen = choice.Chosen.Settings.Aggregate(
                    LearnerSpecification.Default("svr"), (s, setting) => s.With(setting.Key, setting.Value));
                IModel model = LearnerCatalogue.BuiltIn.Create(chosen, inputs.Targets[0].Target).Fit(
                    TrainingSet.OfRatings(inputs.Examples.Select(fold.Train), Array.ConvertAll(fold.Train, i => truth[i])), 0);
                return R2(Array.ConvertAll(fold.Test, i => truth[i]), model.Predict(inputs.Examples.Select(fold.Test)).Values);
            }),
        ];

        Assert.Equal(scores, search.Choices.Select(choice => choice.TestScore), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(scores.Sum() / 3, search.Nested.Mean, 1e-9);
        Assert.Equal(search.Choices.Sum(choice => choice.Chosen.Scores.Sum() / 3) / 3, search.Claimed, 1e-12);
        Assert.Equal(search.Claimed - search.Nested.Mean, search.Optimism, 1e-12);
    }

    [Fact]
    public void Two_settings_make_a_heat_map_and_others_do_not()
    {
        SearchTable table = Of(TestRuns.Run(Ratings()).Figures, "random").Table;
        Chart chart = SearchChart.HeatMap(table);
        HeatmapSeries cells = Assert.IsType<HeatmapSeries>(Assert.Single(chart.Series));

        Assert.Equal(["0.1", "1", "10"], chart.Y.Categories);
        Assert.Equal(["0.01", "1"], chart.X.Categories);
        Assert.Equal(table.Candidates.Select(c => c.Mean), cells.Rows.SelectMany(row => row));
        SearchTable incomplete = table with { Candidates = [.. table.Candidates.Skip(1)] };
        Assert.Throws<InvalidInputException>(() => SearchChart.HeatMap(incomplete));
    }

    [Theory]
    [InlineData("\"rank\":2", "\"rank\":3")]
    [InlineData("\"chosen\":", "\"chosen\":1")]
    [InlineData("\"fold\":1", "\"fold\":2")]
    [InlineData("\"C\":\"0.1\"", "\"C\":\"0.2\"")]
    [InlineData("\"metric\":\"r2\"", "\"metric\":\"r3\"")]
    public void A_search_that_was_changed_and_sealed_again_is_still_found(string before, string after)
    {
        TestRuns.Run(Ratings(), folder["run"]);
        string text = File.ReadAllText(folder["run/searches.jsonl"]);
        int at = text.IndexOf(before, StringComparison.Ordinal);
        Seal(text, text[..at] + after + text[(at + before.Length)..]);

        Assert.Contains(RunVerifier.Verify(folder["run"]).Mismatches, m => m.File == "searches.jsonl");
    }

    [Fact]
    public void A_lost_line_and_a_lost_file_are_found()
    {
        TestRuns.Run(Ratings(), folder["run"]);
        Assert.True(RunVerifier.Verify(folder["run"]).Passed);
        string text = File.ReadAllText(folder["run/searches.jsonl"]);
        Seal(text, text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        Assert.Equal(MismatchKind.Searches, Assert.Single(RunVerifier.Verify(folder["run"]).Mismatches).Kind);

        File.Delete(folder["run/searches.jsonl"]);
        Assert.Contains(
            RunVerifier.Verify(folder["run"]).Mismatches, m => m is { Kind: MismatchKind.Missing, File: "searches.jsonl" });
    }

    [Fact]
    public void A_run_without_a_search_has_no_file_of_searches()
    {
        TestRuns.Run(TestRuns.Ratings(), folder["run"]);

        Assert.False(File.Exists(folder["run/searches.jsonl"]));
    }

    private static RunInputs Ratings(Corpus? corpus = null)
    {
        corpus ??= TestRuns.Corpus;
        TargetValues valence = TargetValues.Rating(corpus, "valence");
        return TestRuns.Ratings() with
        {
            Corpus = corpus,
            Targets = [valence],
            Protocols = TestRuns.Protocols(corpus, "random", "grouped"),
            Learners = [LearnerCatalogue.BuiltIn.Create(Svr, valence.Target)],
        };
    }

    private static RunInputs Classes()
    {
        RunInputs inputs = TestRuns.OfClasses();
        return inputs with { Learners = [LearnerCatalogue.BuiltIn.Create(Svc, inputs.Targets[0].Target)] };
    }

    private static SearchFigures Of(RunFigures run, string protocol) =>
        run.Searches.Single(search => search.Protocol == protocol);

    private static double R2(double[] truth, double[] predicted)
    {
        double mean = truth.Sum() / truth.Length;
        return 1 - (truth.Zip(predicted, (t, p) => (t - p) * (t - p)).Sum() / truth.Sum(t => (t - mean) * (t - mean)));
    }

    private void Seal(string before, string after)
    {
        string manifest = File.ReadAllText(folder["run/manifest.sha256"]);
        File.WriteAllText(folder["run/searches.jsonl"], after);
        File.WriteAllText(
            folder["run/manifest.sha256"], manifest.Replace(RunHash.Of(before), RunHash.Of(after), StringComparison.Ordinal));
    }

    private sealed class GroupRecorder : ILearner
    {
        public string Name => "recorder";

        public ConcurrentBag<int[]> Groups { get; } = [];

        public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default)
        {
            Groups.Add(set.Groups.ToArray());
            return new MeanLearner().Fit(set, seed, cancellationToken);
        }
    }
}
