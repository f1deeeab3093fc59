using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Running;
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
    [InlineData("ravdess-happy-sad", new[] { "logistic", "cnn" })]
    [InlineData("ravdess-voice", new[] { "logistic-nested" })]
    public void Speech_experiments_run_on_one_clip_per_speaker_and_emotion(string name, string[] learners)
    {
        ExperimentSeries series = Small(name, learners);
        SeriesCorpora whole = SeriesCorpora.Open(series, DataFolder("ravdess-speech"));

        CompletedSeries completed = Run(series, whole with { Corpus = OnePerSpeakerAndEmotion(whole.Corpus) });

        Assert.Contains("1,440", completed.Reproduction.NotComparable, StringComparison.Ordinal);
        Assert.Equal(
            series.Experiments.Sum(e => e.FeatureSets.Count * e.Learners.Count * e.Protocols.Count),
            completed.Reproduction.Figures.Count(figure => figure.Metric == "accuracy"));
        Assert.All(completed.Reproduction.Figures, figure => Assert.InRange(figure.Pooled, 0, 1));
        Assert.All(
            completed.Reproduction.Leaks,
            leak => Assert.DoesNotContain(leak.Protocol, new[] { "grouped", "ravdess-emobox6", "leave-one-group-out" }));
    }

    [SkippableFact]
    public void Songs_of_three_tables_keep_all_copies_of_a_track_together()
    {
        ExperimentSeries series = Small("spotify-moods", ["svm-smote", "network"]);
        SeriesCorpora songs = SeriesCorpora.Open(series, DataFolder("spotify-moods"));

        CompletedSeries completed = Run(
            series,
            songs with
            {
                Corpus = FewTracks(songs.Corpus),
                Named = songs.Named.ToDictionary(named => named.Key, named => FewTracks(named.Value)),
            });

        Assert.Equal(series.Published!.OtherData, completed.Reproduction.NotComparable);
        Assert.All(completed.Reproduction.Figures, figure => Assert.Null(figure.Comparison));
        Assert.Contains(
            completed.Reproduction.Figures, figure => figure is { Part: "data-moods", Learner: "network", Published: not null });
        Assert.DoesNotContain(
            completed.Reproduction.Leaks, leak => leak.Protocol == "grouped" && leak.Leak.Kind == LeakKind.SharedGroup);
    }

    private static string DataFolder(string corpus)
    {
        ReferenceData.Require("data", corpus);
        return ReferenceData.Require("data");
    }

    private static ExperimentSeries Small(string name, string[] learners)
    {
        ExperimentSeries series = ExperimentFile.Read(Path.Combine(ReferenceData.RepositoryRoot, "experiments", $"{name}.yaml"));
        return series with
        {
            Experiments =
            [
                .. series.Experiments.Select(experiment => experiment with
                {
                    Seeds = [0],
                    Learners = [.. experiment.Learners.Where(learner => learners.Contains(learner.Name))],
                    Protocols = [.. experiment.Protocols.Except(["leave-one-group-out"])],
                    Split = experiment.Split is { } split ? new HoldOutSize(12, split.Stratified) : null,
                }).Where(experiment => experiment.Learners.Count > 0),
            ],
        };
    }

    private CompletedSeries Run(ExperimentSeries series, SeriesCorpora corpora) => SeriesRunner.Run(
        series, corpora, new Surroundings { Cache = new FeatureCache(folder["cache"]), CommandLine = "test" });

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
                [.. rows.Select(i => corpus.Features!.ClipIds[i])],
                corpus.Features!.FeatureNames,
                corpus.Features.Values.Select(rows)),
        };

        string TrackOf(Clip clip) => clip.Groups[corpus.DefaultGroup!];
    }
}
