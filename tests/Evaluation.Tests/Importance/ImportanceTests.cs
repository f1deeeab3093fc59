using System.Net;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Evaluation.Verification;
using SerLab.Onnx;
using SerLab.Reports;
using SerLab.Training.Baselines;
using SerLab.Training.Ensembles;
using SerLab.Training.Importance;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using SerLab.Training.Pipelines;
using SerLab.Training.Preprocessing;
using Xunit;

namespace SerLab.Evaluation.Tests.Importance;

/// <summary>What models have in their features, measured in every fold.</summary>
public sealed class ImportanceTests : IDisposable
{
    private const int Clips = 600;
    private static readonly string[] Features = ["first", "second", "noise"];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Shuffling_a_term_of_an_exact_rule_costs_twice_its_variance_and_noise_costs_nothing()
    {
        FeatureMatrix rows = Rows();
        double[] truth = [.. Enumerable.Range(0, Clips).Select(i => (0.5 * rows[i, 0]) - (1.5 * rows[i, 1]))];

        RunFigures run = TestRuns.Run(Inputs(rows, truth, new SumLearner())).Figures;

        // E (x − x')² = 2 var x over all orders, so the mean squared error rises by 2 w² var x.
        Assert.Equal(2 * 0.25 * Variance(rows, 0), Loss(run, "first", "mse"), 0.12 * 2 * 0.25 * Variance(rows, 0));
        Assert.Equal(2 * 2.25 * Variance(rows, 1), Loss(run, "second", "mse"), 0.12 * 2 * 2.25 * Variance(rows, 1));
        Assert.Equal(0, Loss(run, "noise", "mse"));
        Assert.Equal(0, Loss(run, "noise", "r2"));
        Assert.True(Loss(run, "first", "r2") > 0, "A loss is above zero, whether higher is better or lower.");
        Assert.Equal(["second", "first", "noise"], ImportanceOrder.Of(run, "rating", "random"));
    }

    [Fact]
    public void Shuffling_what_a_class_depends_on_leaves_chance()
    {
        FeatureMatrix rows = Rows();
        Corpus corpus = CorpusOf(i => new Clip { Id = $"{i}", Label = rows[i, 1] > 0 ? "high" : "low" }) with
        {
            Targets = [],
            Classes = ["low", "high"],
        };
        RunFigures run = TestRuns.Run(TestRuns.OfClasses() with
        {
            Corpus = corpus,
            Examples = rows,
            FeatureNames = Features,
            Targets = [TargetValues.Class(corpus)],
            Protocols = TestRuns.Protocols(corpus, "random"),
            Learners = [new SumLearner()],
            Importance = new FeatureShuffle(FeatureGroup.Singles(Features, rows.Shape)),
        }).Figures;

        Assert.Equal(1, run.Find("random", "class", "sum")!["uar"].Pooled);
        Assert.Equal(0.5, Loss(run, "second", "uar", "class"), 0.06);
        Assert.Equal(0, Loss(run, "first", "uar", "class"));
        Assert.Equal(0, Loss(run, "noise", "accuracy", "class"));
    }

    [Fact]
    public void Features_are_shuffled_before_preprocessing_as_they_come_in()
    {
        FeatureMatrix rows = Rows();
        double[] truth = [.. Enumerable.Range(0, Clips).Select(i => rows[i, 0] - (double)rows[i, 1])];
        RidgeLearner exact = new(new RidgeOptions { Alpha = 1e-9 });
        RunInputs scaled = Inputs(rows, truth, new Pipeline("sum", [new StandardScaler()], exact));
        RunInputs plain = Inputs(rows, truth, new Pipeline("sum", [], exact));

        RunFigures one = TestRuns.Run(scaled).Figures;
        RunFigures other = TestRuns.Run(plain).Figures;

        Assert.Equal(
            one.Importance.Select(row => row["r2"].Mean),
            other.Importance.Select(row => row["r2"].Mean),
            (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void A_combination_is_asked_through_its_members_and_answers_as_by_itself()
    {
        FeatureMatrix rows = Rows();
        double[] truth = [.. Enumerable.Range(0, Clips).Select(i => Math.Sin(rows[i, 0]))];
        Pipeline ridge = new("ridge", [new StandardScaler()], new RidgeLearner());
        Pipeline mean = new("mean", [], new MeanLearner());
        Pipeline average = new("average", [], new AverageLearner([ridge, mean]));

        RunFigures together = TestRuns.Run(Inputs(rows, truth, ridge, mean, average)).Figures;
        RunFigures alone = TestRuns.Run(Inputs(rows, truth, average)).Figures;

        Assert.All(Features, feature => Assert.Equal(
            Row(alone, feature, "average")["r2"].Folds,
            Row(together, feature, "average")["r2"].Folds,
            (a, b) => Math.Abs(a - b) < 1e-9));
        Assert.NotEqual(0, Row(together, "first", "average")["r2"].Mean);
        Assert.All(Features, feature => Assert.Equal(0, Row(together, feature, "mean")["mse"].Mean));
    }

    [Fact]
    public void Where_a_fold_tests_one_clip_its_loss_is_not_defined()
    {
        RunInputs inputs = Kept();
        Corpus few = inputs.Corpus with
        {
            Clips = [.. inputs.Corpus.Clips.Take(4).Select((clip, i) => clip with
            {
                Groups = new Dictionary<string, string> { ["speaker"] = $"{i}" },
            })],
        };
        RunFigures run = TestRuns.Run(inputs with
        {
            Corpus = few,
            Examples = inputs.Examples.Select([0, 1, 2, 3]),
            Targets = [TargetValues.Rating(few, "valence")],
            Protocols = TestRuns.Protocols(few, "leave-one-group-out"),
        }).Figures;

        Assert.All(run.Importance.SelectMany(row => row.Losses), loss => Assert.True(double.IsNaN(loss.Mean)));
        Assert.Contains("n/a", HtmlReport.Render(run), StringComparison.Ordinal);
    }

    [Fact]
    public void Scores_are_kept_do_not_depend_on_threads_and_are_verified()
    {
        CompletedRun run = TestRuns.Run(Kept(), folder["one"]);
        TestRuns.Run(Kept(), folder["three"], threads: 3);

        Assert.Equal(TestRuns.Read(folder["one"]), TestRuns.Read(folder["three"]));
        Assert.Contains(RunFiles.Importance, TestRuns.Read(folder["one"]).Keys);
        Assert.Empty(RunVerifier.Verify(folder["one"]).Mismatches);
        Assert.Equal(
            RecordJson.Text(run.Figures.Importance), RecordJson.Text(RunFigures.Read(folder["three"]).Importance));
        Assert.All(run.Record.Importance, fold => Assert.All(fold.Groups, group =>
            Assert.All(group.Scores.Values, scores => Assert.Equal(FeatureShuffle.Repeats, scores.Count))));
    }

    [Fact]
    public void The_report_shows_the_headline_protocol_and_the_others_beside_it()
    {
        RunFigures run = TestRuns.Run(Kept()).Figures;
        string report = WebUtility.HtmlDecode(HtmlReport.Render(run));

        Assert.Contains("What valence is told from (grouped)", report, StringComparison.Ordinal);
        Assert.DoesNotContain("What valence is told from (random)", report, StringComparison.Ordinal);
        Assert.Contains("CCC of valence lost without a group of features, grouped", report, StringComparison.Ordinal);
        Assert.Contains("R² of arousal lost without a group of features, random", report, StringComparison.Ordinal);
        Assert.Contains(
            HtmlReport.Files(run).Keys,
            name => name.EndsWith("r2-of-valence-lost-without-a-group-of.csv", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_that_was_not_asked_has_neither_file_nor_word_of_it()
    {
        TestRuns.Run(TestRuns.Ratings(), folder["plain"]);

        Assert.False(File.Exists(Path.Combine(folder["plain"], RunFiles.Importance)));
        Assert.DoesNotContain(
            "importance",
            File.ReadAllText(Path.Combine(folder["plain"], RunFiles.Description)),
            StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("importance: groups", ImportanceUnit.Groups)]
    [InlineData("importance: features", ImportanceUnit.Features)]
    public void An_experiment_file_asks_for_it(string line, ImportanceUnit? expected)
    {
        ExperimentSeries series = ExperimentFile.Read(
            folder.Write("e.yaml", $"name: e\ncorpus: isd\n{line}\nlearners: [mean]\n"));

        Assert.Equal(expected, series.Experiments[0].Importance);
    }

    [Fact]
    public void The_plan_is_another_with_other_groups()
    {
        string[] hashes =
        [
            .. new[] { Kept() with { Importance = null }, Kept(), Kept() with { Importance = new([new("both", [0, 1])]) } }
                .Select(inputs => RunPlanner.Plan(inputs).Hash),
        ];

        Assert.Distinct(hashes);
    }

    [Theory, InlineData("changed"), InlineData("lost"), InlineData("swapped"), InlineData("cut"), InlineData("short")]
    public void A_file_of_scores_that_is_not_the_runs_own_is_found(string how)
    {
        TestRuns.Run(Kept(), folder["run"]);
        TestRuns.Damage(Path.Combine(folder["run"], RunFiles.Importance), how, "0.1", "0.2");

        Assert.Contains(RunVerifier.Verify(folder["run"]).Mismatches, mismatch => mismatch.File == RunFiles.Importance);
    }

    private static RunInputs Kept()
    {
        RunInputs inputs = TestRuns.Ratings();
        return inputs with
        {
            Importance = new FeatureShuffle(FeatureGroup.Singles(inputs.FeatureNames, inputs.Examples.Shape)),
        };
    }

    private static RunInputs Inputs(FeatureMatrix rows, double[] truth, params ILearner[] learners)
    {
        Corpus corpus = CorpusOf(i => new Clip
        {
            Id = $"{i}",
            Ratings = new Dictionary<string, double> { ["rating"] = truth[i] },
        });
        return TestRuns.Ratings() with
        {
            Corpus = corpus,
            Examples = rows,
            FeatureNames = Features,
            Targets = [TargetValues.Rating(corpus, "rating")],
            Protocols = TestRuns.Protocols(corpus, "random"),
            Learners = learners,
            Importance = new FeatureShuffle(FeatureGroup.Singles(Features, rows.Shape)),
        };
    }

    private static Corpus CorpusOf(Func<int, Clip> clipOf) => TestRuns.Corpus with
    {
        Clips = [.. Enumerable.Range(0, Clips).Select(clipOf)],
        Targets = ["rating"],
        DefaultGroup = null,
    };

    private static FeatureMatrix Rows()
    {
        SeededRandom random = new(4);
        return new FeatureMatrix([.. Enumerable.Range(0, 3 * Clips).Select(_ => (float)random.NextGaussian())], Clips, 3);
    }

    private static double Variance(FeatureMatrix rows, int column)
    {
        double mean = Enumerable.Range(0, Clips).Average(row => rows[row, column]);
        return Enumerable.Range(0, Clips).Average(row => (rows[row, column] - mean) * (rows[row, column] - mean));
    }

    private static double Loss(RunFigures run, string feature, string metric, string target = "rating") =>
        run.Importance.Single(row => row.Group == feature && row.Target == target)[metric].Mean;

    private static ImportanceFigures Row(RunFigures run, string feature, string model) =>
        run.Importance.Single(row => row.Group == feature && row.Model == model);

    /// <summary>Knows the rule: 0.5 · first − 1.5 · second for ratings, the sign of the second for classes.</summary>
    private sealed class SumLearner : ILearner
    {
        public string Name => "sum";

        public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default) =>
            new Model(set.Target.Classes.Count);

        private sealed record Model(int ClassCount) : IRowModel
        {
            public int FeatureCount => 3;

            public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input) =>
                throw new NotSupportedException("These tests write no model file.");

            public Predictions Predict(Examples examples) => ClassCount == 0
                ? Predictions.OfRatings(
                    [.. Enumerable.Range(0, examples.Count).Select(i => (0.5 * examples[i][0]) - (1.5 * examples[i][1]))])
                : Predictions.OfClasses(
                    [
                        .. Enumerable.Range(0, examples.Count)
                            .SelectMany(i => examples[i][1] > 0 ? new[] { 0.0, 1.0 } : [1.0, 0.0]),
                    ],
                    ClassCount);
        }
    }
}
