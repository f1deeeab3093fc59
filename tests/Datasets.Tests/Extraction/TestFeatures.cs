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

    public static Corpus CorpusOf(params TestSound[] sounds) => new()
    {
        Name = "test",
        Title = "Test",
        Licence = "none",
        Citation = "none",
        Clips = [.. sounds.Select((sound, i) => new Clip { Id = $"clip{i}", Audio = sound })],
    };
}
