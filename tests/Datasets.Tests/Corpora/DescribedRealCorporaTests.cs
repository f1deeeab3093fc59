using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Features.FeatureSets;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Datasets.Tests.Corpora;

/// <summary>Descriptions as a user would write them, for data that was not made for SerLab.</summary>
[Trait("Data", "real")]
public sealed class DescribedRealCorporaTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void Forty_seven_clips_with_one_file_per_target_load()
    {
        string data = ReferenceData.Require("data", "va47");
        string yaml = folder.Write("va47.yaml", $"""
            name: va47
            audio: {data}
            labels:
              valence: {data}/valence.csv
              arousal: {data}/arousal.csv
            sample-rate: 16000
            """);

        Corpus corpus = DescribedCorpus.Load(yaml);

        Assert.Equal(47, corpus.Clips.Count);
        Assert.Equal((-0.7, 0.7), (corpus.Clips[0].Ratings["valence"], corpus.Clips[0].Ratings["arousal"]));
        Assert.Equal((0.5, 16000), (corpus.Clips[46].Ratings["arousal"], corpus.Clips[46].Audio!.Load().SampleRate));
    }

    [SkippableFact]
    public void Real_sounds_are_extracted_once_and_then_come_from_the_cache()
    {
        string data = ReferenceData.Require("data", "va47");
        IReadOnlyList<Clip> clips = ClipFiles.Find([data]);
        ExtractionOptions options = new() { Cache = new FeatureCache(folder.At("cache")), RequiredSampleRate = 16000 };
        FeatureSet lengths = new("length", "Samples.", [], ["samples"], signal => [signal.Samples.Length]);

        IReadOnlyList<ClipFeatures> cold = FeatureExtractor.ExtractEach(clips, lengths, options);
        IReadOnlyList<ClipFeatures> warm = FeatureExtractor.ExtractEach(clips, lengths, options);

        Assert.All(cold, clip => Assert.True(clip.Succeeded && !clip.FromCache));
        Assert.All(warm, clip => Assert.True(clip.FromCache));
        Assert.Equal(
            cold.Select(c => (c.ClipId, c.Values![0], c.Duration)), warm.Select(c => (c.ClipId, c.Values![0], c.Duration)));

        // 66,846 bytes of 16-bit sound less a header of 44.
        Assert.Equal(33401f, cold[0].Values![0]);
    }

    [SkippableTheory]
    [InlineData("ayah_kamal_5moods_nolyrics.csv", "track_id", "duration_ms", 2668, 5, 132)]
    [InlineData("bettinasosa_moods1.csv", "id", "length", 2337, 4, 24)]
    [InlineData("data_moods.csv", "id", "length", 686, 4, 0)]
    public void Tables_of_songs_load_with_songs_of_several_moods_together(
        string file, string id, string duration, int rows, int classes, int contradictory)
    {
        string yaml = folder.Write("songs.yaml", $"""
            name: spotify-moods
            labels: {ReferenceData.Require("data", "spotify-moods", file)}
            features: [danceability, energy, key, loudness, speechiness, acousticness,
                       instrumentalness, liveness, valence, tempo, {duration}]
            label: mood
            group: {id}
            """);

        Corpus corpus = DescribedCorpus.Load(yaml);

        Assert.Equal((rows, classes), (corpus.Clips.Count, corpus.Classes.Count));
        Assert.Equal(rows, corpus.CountPerClass().Sum(c => c.Value));
        Assert.Equal(11, corpus.Features!.FeatureNames.Count);
        Assert.Equal(
            contradictory > 0, corpus.Notes.Any(n => n.Contains($", {contradictory} of them", StringComparison.Ordinal)));
    }
}
