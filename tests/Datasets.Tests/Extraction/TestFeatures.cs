using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Features.FeatureSets;

namespace SerLab.Datasets.Tests.Extraction;

/// <summary>A feature set so simple that expected values can be seen: length and rate of the sound.</summary>
internal static class TestFeatures
{
    public static FeatureSet Create(string version = "1") => new(
        "test2",
        "Length and rate.",
        [KeyValuePair.Create("version", version)],
        ["samples", "rate"],
        signal => [signal.Samples.Length, signal.SampleRate]);

    /// <summary>A series: a frame per whole second, each with the samples heard so far and the rate.</summary>
    public static FeatureSet CreateSeries() => new(
        "series2",
        "Samples so far and rate, second by second.",
        [],
        ["so_far", "rate"],
        signal =>
        [
            .. Enumerable.Range(1, signal.Samples.Length / signal.SampleRate)
                .SelectMany(second => new float[] { second * signal.SampleRate, signal.SampleRate }),
        ],
        ExampleShape.Series(null, 2));

    /// <summary>Sounds of some numbers of samples.</summary>
    public static Corpus CorpusOfLengths(int sampleRate, params int[] lengths) =>
        CorpusOf([.. lengths.Select(length => new TestSound(new string('x', length), sampleRate))]);

    public static Corpus CorpusOf(params TestSound[] sounds) => new()
    {
        Name = "test",
        Title = "Test",
        Licence = "none",
        Citation = "none",
        Clips = [.. sounds.Select((sound, i) => new Clip { Id = $"clip{i}", Audio = sound })],
    };
}
