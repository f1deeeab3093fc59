using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.Dsp;
using SerLab.Features.FeatureSets;
using Xunit;

namespace SerLab.Features.Tests.FeatureSets;

public class LibrosaFeatureTests
{
    [Fact]
    public void Names_are_grouped_and_numbered_from_one()
    {
        IReadOnlyList<string> means = FeatureSetCatalogue.BuiltIn.Get("librosa180").Names;
        Assert.Equal(["mfcc_1", "mfcc_40", "chroma_1", "chroma_12", "mel_1", "mel_128"], Pick(means, 0, 39, 40, 51, 52, 179));

        IReadOnlyList<string> both = FeatureSetCatalogue.BuiltIn.Get("librosa360").Names;
        Assert.Equal(["mfcc_mean_1", "mfcc_std_1", "chroma_mean_1", "mel_std_128"], Pick(both, 0, 40, 80, 359));
    }

    [Fact]
    public void Options_choose_the_descriptors()
    {
        AudioSignal signal = FeatureSetCatalogueTests.Noise(30000, 22050);
        float[] all = FeatureSetCatalogue.BuiltIn.Get("librosa180").Extract(signal);

        FeatureSet mfcc = Create(new LibrosaOptions { MfccCount = 128, Chroma = false, Mel = false, SampleRate = 22050 });
        Assert.Equal(128, mfcc.Names.Count);
        Assert.Equal(all[..40], mfcc.Extract(signal)[..40], (a, b) => Math.Abs(a - b) < 1e-4);

        FeatureSet mel = Create(new LibrosaOptions { MfccCount = 0, Chroma = false });
        Assert.Equal(all[52..], mel.Extract(signal));

        FeatureSet deltas = Create(new LibrosaOptions { MfccCount = 13, DeltaOrder = 2, Mel = false, StandardDeviation = true });
        Assert.Equal(2 * (3 * 13 + 12), deltas.Names.Count);
        Assert.Equal(["mfcc_delta_mean_1", "mfcc_delta2_std_13", "chroma_mean_1"], Pick(deltas.Names, 26, 77, 78));
        Assert.Equal(all[40..52], deltas.Extract(signal)[78..90]);
    }

    [Fact]
    public void Derivatives_of_a_parabola_are_a_line_and_a_constant()
    {
        float[] parabola = [.. Enumerable.Range(0, 30).Select(t => 3f * t * t - 5 * t + 7)];
        float[] first = new float[30];
        float[] second = new float[30];
        TimeDerivative.Compute(parabola, first, 1);
        TimeDerivative.Compute(parabola, second, 2);
        for (int t = 0; t < 30; t++)
        {
            Assert.Equal(6 * Math.Clamp(t, 4, 25) - 5, first[t], 1e-3);
            Assert.Equal(6, second[t], 1e-3);
        }

        float[] tooShort = [1, 1, 1];
        TimeDerivative.Compute([1, 5, 2], tooShort, 1);
        Assert.Equal([0, 0, 0], tooShort);
    }

    [Fact]
    public void A_declared_sample_rate_is_enforced()
    {
        FeatureSet set = Create(new LibrosaOptions { SampleRate = 22050 });
        InvalidInputException error =
            Assert.Throws<InvalidInputException>(() => set.Extract(FeatureSetCatalogueTests.Noise(100, 16000)));
        Assert.Contains("16000", error.Message, StringComparison.Ordinal);
        Assert.Contains("22050", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => Create(new LibrosaOptions { FrameLength = 1000 }));
        Assert.ThrowsAny<ArgumentException>(() => Create(new LibrosaOptions { HopLength = 0 }));
        Assert.ThrowsAny<ArgumentException>(() => Create(new LibrosaOptions { MelBands = 0 }));
        Assert.ThrowsAny<ArgumentException>(() => Create(new LibrosaOptions { MfccCount = 129 }));
        Assert.ThrowsAny<ArgumentException>(() => Create(new LibrosaOptions { DeltaOrder = 3 }));
        Assert.ThrowsAny<ArgumentException>(() => Create(new LibrosaOptions { MfccCount = 0, Chroma = false, Mel = false }));
    }

    [Fact]
    public void Chroma_does_not_depend_on_the_level_and_mel_is_proportional_to_power()
    {
        AudioSignal loud = FeatureSetCatalogueTests.Noise(30000, 44100);
        AudioSignal quiet = new(loud.Samples.ToArray().Select(v => v / 4).ToArray(), 44100);
        float[] ofLoud = FeatureSetCatalogue.BuiltIn.Get("librosa180").Extract(loud);
        float[] ofQuiet = FeatureSetCatalogue.BuiltIn.Get("librosa180").Extract(quiet);
        Assert.Equal(ofLoud[40..52], ofQuiet[40..52], (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(ofLoud[52..], ofQuiet[52..].Select(v => 16 * v), (a, b) => Math.Abs(a - b) < 1e-5 * a);

        // 12 dB less in all 128 bands is a change of the 0th coefficient alone.
        Assert.Equal(ofLoud[0] - 20 * Math.Log10(4) * Math.Sqrt(128), ofQuiet[0], 0.01);
        Assert.Equal(ofLoud[1..40], ofQuiet[1..40], (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Fact]
    public void Silence_has_neither_chroma_nor_cepstrum_but_the_floor()
    {
        FrameMatrix frames = new LibrosaFrames(new LibrosaOptions()).Compute(new AudioSignal(new float[5000], 44100));
        Assert.Equal(10, frames.FrameCount);
        for (int row = 0; row < frames.RowCount; row++)
        {
            Assert.All(frames.Row(row).ToArray(), v => Assert.Equal(row == 0 ? -100 * Math.Sqrt(128) : 0, v, 1e-3));
        }
    }

    [Fact]
    public void A_full_cache_forgets_and_computes_again()
    {
        int computed = 0;
        BoundedCache<int, int> cache = new(key => ++computed * 0 + key * key, capacity: 2);
        Assert.Equal([1, 4, 1, 4], [cache[1], cache[2], cache[1], cache[2]]);
        Assert.Equal(2, computed);
        Assert.Equal([9, 1], [cache[3], cache[1]]);
        Assert.Equal(4, computed);
    }

    private static FeatureSet Create(LibrosaOptions options) => LibrosaFeatureSet.Create("test", "For this test.", options);

    private static string[] Pick(IReadOnlyList<string> names, params int[] indices) => [.. indices.Select(i => names[i])];
}
