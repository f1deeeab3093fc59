using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Evaluation.Verification;
using SerLab.Training.Splitting;
using Xunit;

namespace SerLab.Evaluation.Tests.Protocols;

public sealed class AcrossCorporaTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_other_corpus_is_tested_alone_by_a_model_of_all_that_is_learnt_from()
    {
        Corpus both = JoinedCorpus.Across(Named("a", 20), Named("b", 12));

        Fold fold = Assert.Single(Divided(both, "across-corpora").SchemeFor("svr").Folds);

        Assert.Equal(Enumerable.Range(0, 20), fold.Train);
        Assert.Equal(Enumerable.Range(20, 12), fold.Test);
    }

    [Theory]
    [InlineData("random")]
    [InlineData("grouped")]
    [InlineData("leave-one-group-out")]
    [InlineData("in-order")]
    [InlineData("training-set")]
    public void No_other_protocol_touches_a_clip_of_the_tested_corpus(string protocol)
    {
        Corpus both = JoinedCorpus.Across(Named("a", 20), Named("b", 12));

        IReadOnlyList<Fold> folds = Divided(both, protocol).SchemeFor("svr").Folds;

        Assert.All(folds, fold => Assert.DoesNotContain(fold.Train.Concat(fold.Test), clip => clip >= 20));
        Assert.Equal(Enumerable.Range(0, 20), folds.SelectMany(fold => fold.Test).Order());
    }

    [Fact]
    public void Of_several_corpora_each_is_tested_by_models_of_the_others()
    {
        Corpus all = JoinedCorpus.Of([Named("a", 20), Named("b", 12), Named("c", 15)]);

        IReadOnlyList<Fold> folds = Divided(all, "across-corpora").SchemeFor("svr").Folds;

        Assert.Equal([20, 12, 15], folds.Select(fold => fold.Test.Length));
        Assert.All(folds, fold => Assert.Equal(47, fold.Train.Length + fold.Test.Length));
    }

    [Fact]
    public void One_corpus_alone_cannot_be_gone_across() => Assert.Contains(
        "--test-on",
        Assert.Throws<InvalidInputException>(() => Divided(Named("a", 20), "across-corpora")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void The_same_recording_in_both_is_counted_as_a_leak_and_so_are_twins()
    {
        Corpus copies = JoinedCorpus.Across(Named("a", 20), Named("b", 12, like: "a"));
        Corpus twins = JoinedCorpus.Across(Named("a", 20), Named("b", 12)) with
        {
            Twins = new SoundTwins([new SoundTwin("a/7", "b/8", 0.1)], 32, [8000]),
        };

        Assert.Equal([(LeakKind.SameRecording, 12, 12)], LeaksOf(copies));
        Assert.Equal([(LeakKind.Twins, 1, 12)], LeaksOf(twins));

        static IEnumerable<(LeakKind, int, int)> LeaksOf(Corpus corpus) =>
            LeakDetector.Find(corpus, Distinct(32), Divided(corpus, "across-corpora"), ["svr"])
                .Select(leak => (leak.Kind, leak.Count, leak.Of));
    }

    [Fact]
    public void Figures_are_of_the_tested_corpus_with_intervals_over_its_groups_and_those_within_stay_the_headline()
    {
        RunFigures figures = Run("random", "grouped", "across-corpora").Figures;

        ModelFigures row = figures.Find("across-corpora", "valence", "mean")!;
        Assert.Equal("grouped", figures.HeadlineProtocol.Name);
        Assert.Equal(12, figures.OutOfFold("across-corpora", "valence", "mean").Clips.Length);
        Assert.All(figures.OutOfFold("across-corpora", "valence", "mean").Clips, clip => Assert.InRange(clip, 20, 31));
        Assert.True(row["mse"].Interval.Low < row["mse"].Pooled && row["mse"].Pooled < row["mse"].Interval.High);
        Assert.Equal(["a", "b"], figures.Description.Corpus.Join!.Corpora);
        Assert.Contains("who is heard in more than one of the corpora", RunChecks.Of(figures.Record).NotChecked);
    }

    [Fact]
    public void Verify_derives_the_figures_again_and_finds_a_clip_that_crossed()
    {
        CompletedRun run = Run("grouped", "across-corpora");
        Assert.Empty(RunVerifier.Verify(run.Folder!).Mismatches);

        string file = Path.Combine(run.Folder!, RunFiles.Folds);
        File.WriteAllText(file, File.ReadAllText(file).Replace(
            "18,19],\"test\":[20,", "18,19,20],\"test\":[20,", StringComparison.Ordinal));

        Assert.Contains(
            RunVerifier.Verify(run.Folder!).Mismatches,
            mismatch => mismatch.What.Contains("promises WholeCorpora, but 'b' is in both parts", StringComparison.Ordinal));
    }

    [Fact]
    public void An_experiment_file_names_the_tested_corpus_and_the_map()
    {
        folder.Write("a.csv", Table("valence", 1, i => $"{Math.Sin(i):R}"));
        folder.Write("a.yaml", "name: a\nlabels: a.csv\nid: file\ntargets: [valence]\ngroup: place\nfeatures: [x, y]\n");
        folder.Write("b.csv", Table("pleasure", 2, i => $"{5 + (4 * Math.Sin(i)):R}"));
        folder.Write("b.yaml", "name: b\nlabels: b.csv\nid: file\ntargets: [pleasure]\ngroup: place\nfeatures: [x, y]\n");
        ExperimentSeries series = ExperimentFile.Read(folder.Write("across.yaml", """
            name: across
            corpus: a.yaml
            test-on: b.yaml
            map: {valence: "pleasure:1..9"}
            targets: [valence]
            folds: 3
            learners: [ridge]
            """));

        SeriesCorpora corpora = SeriesCorpora.Open(series, folder.Path);
        CompletedSeries completed = SeriesRunner.Run(series, corpora, new Surroundings { RunsFolder = folder["runs"] });

        RunFigures figures = Assert.Single(completed.Runs).Figures;
        Assert.Equal(["random", "grouped", "across-corpora"], figures.Description.Protocols.Select(protocol => protocol.Name));

        // The other corpus rates the same on another scale, from features that are as good.
        Assert.InRange(figures.Find("across-corpora", "valence", "ridge")!["r2"].Pooled, 0.99, 1);

        static string Table(string target, int step, Func<double, string> rating) => string.Concat(
            Enumerable.Range(0, 24).Select(i => FormattableString.Invariant(
                $"c{i},{rating(i * step)},p{i % 6},{Math.Sin(i * step):R},{Math.Cos(i):R}\n"))
            .Prepend($"file,{target},place,x,y\n"));
    }

    private static Protocol Divided(Corpus corpus, string protocol) =>
        ProtocolCatalogue.BuiltIn.Get(protocol).Create(new ProtocolRequest(corpus) { Folds = 3 });

    private static FeatureMatrix Distinct(int rows) => new([.. Enumerable.Range(0, rows).Select(i => i + 0.5f)], rows, 1);

    private static Corpus Named(string name, int clips, string? like = null) => TestRuns.Corpus with
    {
        Name = name,
        Clips =
        [
            .. TestRuns.Corpus.Clips.Take(clips).Select((clip, i) => clip with
            {
                Id = $"{i}",
                Audio = new NamedSound($"{like ?? name} {i}"),
            }),
        ],
    };

    private CompletedRun Run(params string[] protocols)
    {
        Corpus both = JoinedCorpus.Across(Named("a", 20), Named("b", 12));
        return TestRuns.Run(
            TestRuns.Ratings() with
            {
                Corpus = both,
                Examples = new FeatureMatrix([.. Enumerable.Range(0, 64).Select(i => MathF.Sin(i))], 32, 2),
                Targets = [.. both.Targets.Select(name => TargetValues.Rating(both, name))],
                Protocols = TestRuns.Protocols(both, protocols),
            },
            folder["run"]);
    }

    private sealed class NamedSound(string name) : AudioSource
    {
        public override string Name => name;

        public override string ContentHash() => name;

        public override Features.Audio.AudioSignal Load() => throw new NotSupportedException("Nobody listens here.");
    }
}
