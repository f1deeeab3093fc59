using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Features.Tests.FeatureSets;

public class FeatureSetCatalogueTests
{
    // A frozen network needs its files.
    private static IEnumerable<FeatureSet> Computed =>
        FeatureSetCatalogue.BuiltIn.Entries.Where(set => set.TrainedOn is null);

    public static TheoryData<string> Ids => [.. Computed.Select(set => set.Id)];

    [Theory]
    [InlineData("meyda74", 74)]
    [InlineData("librosa180", 180)]
    [InlineData("librosa360", 360)]
    [InlineData("voice310", 310)]
    [InlineData("egemaps88", 88)]
    [InlineData("mfcc128-22k", 128)]
    [InlineData("mel128-22k", 128)]
    public void A_set_has_the_number_of_features_that_its_name_says(string id, int count)
    {
        FeatureSet set = FeatureSetCatalogue.BuiltIn.Get(id);
        Assert.Equal(count, set.Names.Count);
        Assert.Equal(count, set.Names.Distinct().Count());
        Assert.Equal(count, set.Extract(Noise(5000, 16000)).Length);
    }

    /// <summary>The keys are in caches and model files: one that changes makes those useless.</summary>
    [Fact]
    public void Keys_stay_what_they_are() => Assert.Equal(
        [
            "meyda74-06ba0d0d", "librosa180-e69bde83", "librosa360-e463f0ef", "voice310-4396e7fa", "egemaps88-845f52b9",
            "mfcc128-22k-57ebf7ea", "mel128-22k-28a30b27", "logmel64-f037039c", "logmel128-3da840e8",
            "logmel64-ln-885a942b", "logmel128-ln-a9509da9",
            "linear1025-4c81bb97", "cqt84-c0993405", "logcqt84-9f86a16f", "chroma12-9911c59f", "chroma12-cqt-f13d8824",
            "tonnetz6-70066988", "mfcc60-195d36e3", "contrast7-bd499dae", "onset2-d4e49f13", "tempogram384-51b67547",
            "series3-c77b27a6",
        ],
        Computed.Select(set => set.Key));

    [Fact]
    public void An_unknown_id_is_answered_with_the_nearest_one()
    {
        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => FeatureSetCatalogue.BuiltIn.Get("meyda47"));
        Assert.Contains("Did you mean 'meyda74'?", error.Message, StringComparison.Ordinal);
        Assert.Contains("librosa360", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_differ_wherever_the_recipe_does()
    {
        LibrosaOptions plain = new();
        LibrosaOptions[] recipes =
        [
            plain, plain with { FrameLength = 1024 }, plain with { HopLength = 256 }, plain with { MelBands = 64 },
            plain with { MfccCount = 13 }, plain with { DeltaOrder = 1 }, plain with { Chroma = false },
            plain with { Mel = false }, plain with { StandardDeviation = true }, plain with { SampleRate = 22050 },
        ];
        Assert.Equal(recipes.Length, recipes.Select(o => LibrosaFeatureSet.Create("x", "x", o).Key).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_empty_signal_gives_zeros(string id) =>
        Assert.All(
            FeatureSetCatalogue.BuiltIn.Get(id).Extract(new AudioSignal(ReadOnlyMemory<float>.Empty, 44100)),
            value => Assert.Equal(0, value));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_signal_gives_finite_numbers(string id)
    {
        FeatureSet set = FeatureSetCatalogue.BuiltIn.Get(id);
        float[][] signals =
        [
            [0.5f], new float[1023], [.. Enumerable.Repeat(0.25f, 3000)], [1, -1], [float.NaN, .. new float[4000], 1],
            [.. Noise(9000, 1).Samples.ToArray().Select(v => v * 1e30f)],
            [.. Noise(9000, 1).Samples.ToArray().Select(v => v * 1e-30f)],
            [float.PositiveInfinity, 1, 0, -1],
        ];
        foreach (float[] samples in signals)
        {
            foreach (int sampleRate in new[] { 100, 8000, 44100, 192000 })
            {
                Assert.All(set.Extract(new AudioSignal(samples, sampleRate)), v => Assert.True(float.IsFinite(v)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Features_are_the_same_on_many_threads(string id)
    {
        FeatureSet set = FeatureSetCatalogue.BuiltIn.Get(id);
        AudioSignal[] signals = [.. Enumerable.Range(0, 8).Select(i => Noise(20000 + 777 * i, i % 2 == 0 ? 16000 : 44100))];
        float[][] alone = [.. signals.Select(set.Extract)];
        float[][] together = [.. Enumerable.Range(0, 32).AsParallel().AsOrdered().Select(i => set.Extract(signals[i % 8]))];
        Assert.All(Enumerable.Range(0, 32), i => Assert.Equal(alone[i % 8], together[i]));
    }

    [SkippableFact]
    [Trait("Data", "real")]
    public void Meyda74_has_the_columns_that_the_published_networks_take()
    {
        string expected = ReferenceData.Require("data", "thesis-tfjs", "expected-outputs.json");
        using var document = System.Text.Json.JsonDocument.Parse(File.ReadAllText(expected));
        Assert.Equal(
            document.RootElement.GetProperty("columns").EnumerateArray().Select(c => c.GetString()),
            FeatureSetCatalogue.BuiltIn.Get("meyda74").Names);
    }

    internal static AudioSignal Noise(int length, int sampleRate)
    {
        Random random = new(length);
        return new AudioSignal(Enumerable.Range(0, length).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray(), sampleRate);
    }
}
