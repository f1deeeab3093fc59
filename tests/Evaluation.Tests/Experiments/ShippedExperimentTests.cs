using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Tests.Runs;
using SerLab.TestSupport;
using SerLab.Training.Splitting;
using Xunit;

namespace SerLab.Evaluation.Tests.Experiments;

/// <summary>The shipped classification experiments on a seeded subset of their real data: small enough for every build.</summary>
[Trait("Data", "real")]
public sealed class ShippedExperimentTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableTheory]
    [InlineData("ravdess-mlp", new[] { "mlp-a", "mlp-standard" })]
    [InlineData("ravdess-happy-sad", new[] { "logistic" })]
    [InlineData("ravdess-voice", new[] { "logistic-nested" })]
    public void Speech_experiments_run_on_one_clip_per_speaker_and_emotion(string name, string[] learners)
    {
        ExperimentPlan plan = Small(name, learners);
        ExperimentCorpus whole = ExperimentCorpus.Open(plan, DataFolder("ravdess-speech"));

        CompletedSeries series = Run(plan, whole with { Corpus = OnePerSpeakerAndEmotion(whole.Corpus) });

        Assert.Contains("1,440", series.Reproduction.NotComparable, StringComparison.Ordinal);
        Assert.Equal(
            plan.Parts.Sum(part => part.FeatureSets.Count * part.Learners.Count * part.Protocols.Count),
            series.Reproduction.Figures.Count(figure => figure.Metric == "accuracy"));
        Assert.All(series.Reproduction.Figures, figure => Assert.InRange(figure.Pooled, 0, 1));
        Assert.All(series.Reproduction.Leaks, leak => Assert.DoesNotContain(leak.Protocol, new[] { "grouped", "ravdess-emobox6", "leave-one-group-out" }));
    }

    [SkippableFact]
    public void Songs_of_three_tables_keep_all_copies_of_a_track_together()
    {
        ExperimentPlan plan = Small("spotify-moods", ["svm-smote", "network"]);
        ExperimentCorpus songs = ExperimentCorpus.Open(plan, DataFolder("spotify-moods"));

        CompletedSeries series = Run(
            plan,
            songs with
            {
                Corpus = FewTracks(songs.Corpus),
                Named = songs.Named.ToDictionary(named => named.Key, named => FewTracks(named.Value)),
            });

        Assert.Equal(plan.Published!.OtherData, series.Reproduction.NotComparable);
        Assert.All(series.Reproduction.Figures, figure => Assert.Null(figure.Comparison));
        Assert.Contains(series.Reproduction.Figures, figure => figure is { Part: "data-moods", Learner: "network", Published: not null });
        Assert.DoesNotContain(series.Reproduction.Leaks, leak => leak.Protocol == "grouped" && leak.Leak.Kind == Evaluation.Protocols.LeakKind.SharedGroup);
    }

    private static string DataFolder(string corpus)
    {
        ReferenceData.Require("data", corpus);
        return ReferenceData.Require("data");
    }

    private static ExperimentPlan Small(string name, string[] learners)
    {
        ExperimentPlan plan = ExperimentFile.Read(Path.Combine(ReferenceData.RepositoryRoot, "experiments", $"{name}.yaml"));
        return plan with
        {
            Parts =
            [
                .. plan.Parts.Select(part => part with
                {
                    Seeds = [0],
                    Learners = [.. part.Learners.Intersect(learners)],
                    Protocols = [.. part.Protocols.Except(["leave-one-group-out"])],
                    Split = part.Split is { } split ? new HoldOutSize(12, split.Stratified) : null,
                }),
            ],
        };
    }

    private CompletedSeries Run(ExperimentPlan plan, ExperimentCorpus corpus) => SeriesRunner.Run(
        plan, corpus, new ExperimentSurroundings { Cache = new FeatureCache(folder["cache"]), CommandLine = "test" });

    private static Corpus OnePerSpeakerAndEmotion(Corpus corpus)
    {
        SeededRandom random = new(1);
        return corpus with
        {
            Clips =
            [
                .. corpus.Clips.GroupBy(clip => (clip.Groups["speaker"], clip.Label)).Select(clips =>
                    clips.ElementAt(random.NextInt(clips.Count()))),
            ],
        };
    }

    private static Corpus FewTracks(Corpus corpus)
    {
        SeededRandom random = new(1);
        HashSet<string> tracks = [.. corpus.Clips.Select(TrackOf).Distinct().Where(_ => random.NextInt(6) == 0)];
        int[] rows = [.. Enumerable.Range(0, corpus.Clips.Count).Where(i => tracks.Contains(TrackOf(corpus.Clips[i])))];
        return corpus with
        {
            Clips = [.. rows.Select(i => corpus.Clips[i])],
            Features = new(
                [.. rows.Select(i => corpus.Features!.ClipIds[i])], corpus.Features!.FeatureNames, corpus.Features.Values.Select(rows)),
        };

        string TrackOf(Clip clip) => clip.Groups[corpus.DefaultGroup!];
    }
}
