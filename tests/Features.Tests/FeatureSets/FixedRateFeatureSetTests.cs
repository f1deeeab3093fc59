using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.Features.Tests.Dsp;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Features.Tests.FeatureSets;

public class FixedRateFeatureSetTests
{
    [Fact]
    public void A_sound_has_the_features_of_the_resampled_sound()
    {
        AudioSignal tone = PitchContourTests.Tone(300, 48000, 1, 0.2);
        FeatureSet plain = LibrosaFeatureSet.Create("x", "x", new LibrosaOptions());
        Assert.Equal(plain.Extract(Resampler.Resample(tone, 16000)), FixedRateFeatureSet.At(plain, 16000).Extract(tone));
    }

    [Fact]
    public void The_key_tells_the_rate()
    {
        FeatureSet plain = LibrosaFeatureSet.Create("x", "x", new LibrosaOptions());
        FeatureSet[] sets = [plain, FixedRateFeatureSet.At(plain, 16000), FixedRateFeatureSet.At(plain, 22050)];
        Assert.Equal(3, sets.Select(set => set.Key).Distinct().Count());
    }

    [Fact]
    public void A_name_may_tell_the_rate()
    {
        AudioSignal tone = PitchContourTests.Tone(300, 48000, 1, 0.2);
        Catalogue<FeatureSet> sets = FeatureSetCatalogue.BuiltIn;

        FeatureSet resampled = sets.GetSet("meyda74@16000Hz");

        Assert.Equal("meyda74@16000Hz", resampled.Id);
        Assert.NotEqual(sets.GetSet("meyda74").Key, resampled.Key);
        Assert.Equal(sets.GetSet("meyda74").Extract(Resampler.Resample(tone, 16000)), resampled.Extract(tone));
        Assert.Equal("librosa180@16000Hz@1s", sets.GetSet("librosa180@16000Hz@1s").Id);
        Assert.True(resampled.TakesAnyRate);
        Assert.False(sets.GetSet("meyda74").TakesAnyRate);
        Assert.True(sets.GetSet("meyda74@16000Hz+mel128-22k").TakesAnyRate);
        Assert.False(sets.GetSet("meyda74+mel128-22k").TakesAnyRate);
    }

    [Theory]
    [InlineData("meyda74@500Hz", "No sound has 500 Hz")]
    [InlineData("mel128-22k@16000Hz", "at 22050 Hz already")]
    [InlineData("meyda74@fastHz", "is no part of a sound")]
    public void A_rate_that_cannot_be_is_refused(string name, string reason)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => FeatureSetCatalogue.BuiltIn.GetSet(name));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rates_too_far_apart_are_an_error()
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(
            () => FeatureSetCatalogue.BuiltIn.Get("mfcc128-22k").Extract(new AudioSignal(new float[10], 1)));
        Assert.Contains("22050", error.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// The public notebook prints these first MFCC; its resampling filter fades the top band otherwise, which alternates in sign
    /// over the MFCC.
    /// </summary>
    [SkippableTheory]
    [Trait("Data", "real")]
    [InlineData(
        "03-01-04-01-02-01-02", new[] { -655.887, 44.385, -5.922, 5.301, -5.846, -3.696, -10.139, -10.529, -5.312, -2.087 })]
    [InlineData("03-01-03-01-01-01-02", new[] { -585.729, 44.487, -22.600, 9.817 })]
    [InlineData("03-01-04-02-01-01-07", new[] { -596.720, 75.534, -10.849, 16.256 })]
    public void Mfcc_at_22_kHz_are_those_of_the_public_notebook(string clip, double[] expected)
    {
        string path = ReferenceData.Require("data", "ravdess-speech", $"Actor_{clip[^2..]}", $"{clip}.flac");
        float[] features = FeatureSetCatalogue.BuiltIn.Get("mfcc128-22k").Extract(AudioFile.Read(path));
        Assert.All(expected.Zip(features), pair => Assert.Equal(pair.First, pair.Second, 2.5));
    }
}
