using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Running;
using SerLab.Features.FeatureSets;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Evaluation.Tests.Experiments;

/// <summary>The thesis's experiment on 60 invented clips in the form of its corpus.</summary>
public sealed class FindingTests(FindingTests.ThesisOnFakeClips thesis) : IClassFixture<FindingTests.ThesisOnFakeClips>
{
    private const int Clips = 60;
    private const int Seeds = 2;

    [Fact]
    public void What_the_protocol_of_the_thesis_hides_is_counted()
    {
        Reproduction reproduction = thesis.Reproduction;

        Assert.Equal(
            ["different-folds", "published-ranking", "preprocessing", "shared-clips", "training-score", "rank-identity"],
            reproduction.Findings.Select(finding => finding.Name));
        Finding folds = reproduction.Findings[0];
        Assert.InRange(folds.Numbers.Single(n => n.What == "clips in different folds").Value, 1, Clips);
        Assert.Contains(
            reproduction.Findings[2].Sentences,
            s => s.Contains("122 of 122 features span exactly 0 to 1", StringComparison.Ordinal));
        Assert.Contains(
            reproduction.Findings[3].Sentences, s => s.Contains("share a source recording", StringComparison.Ordinal));
        Assert.DoesNotContain(reproduction.Findings[3].Sentences, s => s.Contains("'sources-out'", StringComparison.Ordinal));
    }

    [Fact]
    public void Learners_published_on_folds_of_their_own_are_tested_on_shared_folds()
    {
        Reproduction reproduction = thesis.Reproduction;

        Finding finding = reproduction.Findings.Single(f => f.Name == "published-ranking");
        Assert.Equal(4, finding.Sentences.Count);
        Assert.All(finding.Sentences, s => Assert.Contains("each on folds of its own", s, StringComparison.Ordinal));
        SeriesTest test = reproduction.Tests.Single(
            t => t is { Part: "shared-folds", FeatureSet: "emo74", Target: "arousal", Protocol: "random" });
        Assert.Equal(("svr", "network", 10 * Seeds), (test.First, test.Second, test.Folds));
        double[] differences = Differences(reproduction, test);
        Assert.Equal(differences.Average(), test.Result.Difference, 1e-12);
        double variance = differences.Sum(d => Math.Pow(d - differences.Average(), 2)) / (differences.Length - 1);
        const double testToTrain = 6.0 / 54;
        Assert.Equal(
            differences.Average() / Math.Sqrt(((1.0 / differences.Length) + testToTrain) * variance),
            test.Result.Statistic,
            1e-9);
    }

    [Fact]
    public void A_published_mean_is_placed_among_those_of_our_seeds()
    {
        SeriesFigure figure = Figure(thesis.Reproduction, "tables", "emo74", "thesis", "arousal", "svr", "r2");

        double[] ours = [.. figure.Seeds.Select(seed => seed.Mean)];
        Assert.Equal(Seeds, figure.Place!.Seeds);
        Assert.Equal(ours.Count(mean => mean < 0.785556), figure.Place.Lower);
        Assert.Equal((0.785556 - ours.Average()) / figure.Std, figure.Place.InOurStds, 1e-9);
        Assert.Contains(
            ReproductionText.Place(figure.Place), ReproductionText.Markdown(thesis.Reproduction), StringComparison.Ordinal);
    }

    [Fact]
    public void A_score_on_training_clips_stands_beside_those_on_unseen_clips()
    {
        Reproduction reproduction = thesis.Reproduction;

        Finding finding = reproduction.Findings.Single(f => f.Name == "training-score");
        string arousal = finding.Sentences.Single(s => s.Contains("arousal", StringComparison.Ordinal));
        SeriesFigure trained = Figure(reproduction, "app", "emo74", "training-set", "arousal", "network-app", "r2");
        SeriesFigure unseen = Figure(reproduction, "app", "emo74", "random", "arousal", "network-app", "r2");
        Assert.True(trained.Pooled > unseen.Pooled);
        Assert.Contains(
            $"{ReproductionText.Number(trained.Pooled)} on the clips it learnt from", arousal, StringComparison.Ordinal);
        Assert.Contains($"{ReproductionText.Number(unseen.Pooled)} under 'random'", arousal, StringComparison.Ordinal);
        Assert.Contains("Published: 0.8684", arousal, StringComparison.Ordinal);
    }

    [Fact]
    public void Pooled_error_of_ranks_tells_pooled_determination()
    {
        Reproduction reproduction = thesis.Reproduction;

        Finding finding = reproduction.Findings.Single(f => f.Name == "rank-identity");
        FindingNumber implied = finding.Numbers.Single(
            n => n.Of == "network, emo122, arousal" && n.What.StartsWith("pooled R² implied", StringComparison.Ordinal));
        Assert.Equal(1 - (3 * 0.068943), implied.Value, 1e-9);
        SeriesFigure determination = Figure(reproduction, "tables", "emo122", "thesis", "arousal", "svr", "r2");
        SeriesFigure error = Figure(reproduction, "tables", "emo122", "thesis", "arousal", "svr", "mse");
        Assert.Equal(error.Pooled, (1 - determination.Pooled) / 3, 1e-3);
        Assert.Contains(finding.Sentences, s => s.Contains("that of ranks", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_published_table_gets_a_verdict_when_the_clips_are_the_published_ones()
    {
        Reproduction reproduction = thesis.Reproduction;

        Assert.Null(reproduction.NotComparable);
        SeriesFigure[] compared = [.. reproduction.Figures.Where(f => f.Comparison is not null)];
        Assert.Equal(16, compared.Length);
        Assert.All(compared, f =>
        {
            Assert.Equal("thesis", f.Protocol);
            Assert.Equal((f.Mean - f.Published!.Mean) / f.Published.Std!.Value, f.Comparison!.InStds, 1e-12);
        });
        string page = ReproductionText.Markdown(reproduction);
        Assert.Contains(ReproductionText.VerdictRule, page, StringComparison.Ordinal);
        Assert.Contains("| svr, emo122, arousal, r2 | published | 0.816 | 0.754 |", page, StringComparison.Ordinal);
    }

    [Fact]
    public void With_another_number_of_clips_there_is_no_verdict()
    {
        Reproduction reproduction =
            thesis.Run(series => series with { Experiments = [series.Experiments[^1] with { Protocols = ["training-set"] }] });

        Assert.Equal("The published figures are of 1,213 clips; here are 60.", reproduction.NotComparable);
        Assert.All(reproduction.Figures, f => Assert.Null(f.Comparison));
        Assert.Contains("no verdict", ReproductionText.Markdown(reproduction), StringComparison.Ordinal);
    }

    private static double[] Differences(Reproduction reproduction, SeriesTest test)
    {
        double[][] folds =
        [
            .. new[] { test.First, test.Second }.Select(learner => Figure(
                reproduction, test.Part, test.FeatureSet, test.Protocol, test.Target, learner, test.Metric)
                .Seeds.SelectMany(seed => seed.Folds).ToArray()),
        ];
        return [.. folds[0].Zip(folds[1], (first, second) => first - second)];
    }

    private static SeriesFigure Figure(
        Reproduction reproduction, string part, string features, string protocol, string target, string learner, string metric) =>
        reproduction.Figures.Single(f => (f.Part, f.FeatureSet, f.Protocol, f.Target, f.Learner, f.Metric)
            == (part, features, protocol, target, learner, metric));

    /// <summary>Runs the experiment once for all tests.</summary>
    public sealed class ThesisOnFakeClips : IDisposable
    {
        private readonly TemporaryFolder folder = new();

        public ThesisOnFakeClips()
        {
            IEnumerable<string> names = FeatureSetCatalogue.BuiltIn.Get("meyda74").Names;
            FakeEmoSoundscapes.Write(
                folder["emo-soundscapes"], [.. names, .. Enumerable.Range(0, 48).Select(i => $"other_{i}")], Clips);

            // What is published of 1,213 clips is taken to be of these, so that there are verdicts.
            Reproduction = Run(series => series with { Published = series.Published! with { Clips = Clips } });
        }

        public Reproduction Reproduction { get; }

        public Reproduction Run(Func<ExperimentSeries, ExperimentSeries> change)
        {
            ExperimentSeries series =
                change(ExperimentFile.Read(Path.Combine(ReferenceData.RepositoryRoot, "experiments", "thesis.yaml")));
            series = series with
            {
                Experiments =
                    [.. series.Experiments.Select(e => e with { Seeds = [.. e.Seeds.Take(Seeds)] })],
            };
            return SeriesRunner.Run(series, SeriesCorpora.Open(series, folder.Path), new Surroundings()).Reproduction;
        }

        public void Dispose() => folder.Dispose();
    }
}
