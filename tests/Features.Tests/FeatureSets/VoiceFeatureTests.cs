using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.Features.Tests.Dsp;
using Xunit;

namespace SerLab.Features.Tests.FeatureSets;

public class VoiceFeatureTests
{
    private const int Rate = 16000;
    private static readonly FeatureSet Voice = FeatureSetCatalogue.BuiltIn.Get("voice310");

    [Fact]
    public void Silence_around_a_voice_changes_little()
    {
        float[] tone = PitchContourTests.Tone(180, Rate, 1.5, 0.3).Samples.ToArray();
        float[] within = [.. new float[Rate], .. tone, .. new float[2 * Rate]];
        Dictionary<string, float> plain = Extract(tone);
        Dictionary<string, float> padded = Extract(within);
        foreach (string name in new[] { "mfcc_q50_1", "mfcc_q50_2", "mfcc_q50_7", "pitch_q50", "pitch_mean" })
        {
            Assert.Equal(plain[name], padded[name], 0.02f * MathF.Max(1, MathF.Abs(plain[name])));
        }

        Assert.Equal(1.5, padded["active_seconds"], 0.15);
    }

    [Fact]
    public void A_tone_has_its_pitch_and_no_change()
    {
        Dictionary<string, float> features = Extract(PitchContourTests.Tone(220, Rate, 1, 0.3).Samples.ToArray());
        Assert.Equal(24, features["pitch_q50"], 0.1f);
        Assert.Equal(24, features["pitch_mean"], 0.1f);
        Assert.Equal(0, features["pitch_change_q50"], 0.05f);
        Assert.InRange(features["voiced_share"], 0.9, 1);
    }

    [Fact]
    public void A_gain_moves_the_level_and_nothing_else()
    {
        float[] tone = PitchContourTests.Tone(150, Rate, 1, 0.5).Samples.ToArray();
        Dictionary<string, float> loud = Extract(tone);
        Dictionary<string, float> quiet = Extract([.. tone.Select(sample => 0.1f * sample)]);
        Assert.Equal(-20 * MathF.Sqrt(128), quiet["mfcc_mean_1"] - loud["mfcc_mean_1"], 1f);
        foreach (string name in loud.Keys.Where(
            name => !(name.StartsWith("mfcc_", StringComparison.Ordinal) && name.EndsWith("_1", StringComparison.Ordinal))))
        {
            Assert.Equal(loud[name], quiet[name], 0.02f);
        }
    }

    [Fact]
    public void Silence_has_no_pitch_features()
    {
        Dictionary<string, float> features = Extract(new float[Rate]);
        Assert.All(features.Where(f => f.Key.StartsWith("pitch", StringComparison.Ordinal)), f => Assert.Equal(0, f.Value));
        Assert.Equal(0, features["voiced_share"]);
    }

    [Fact]
    public void Quantiles_are_in_order()
    {
        Random random = new(3);
        Dictionary<string, float> features =
            Extract([.. Enumerable.Range(0, 20000).Select(_ => (float)random.NextDouble() - 0.5f)]);
        for (int i = 1; i <= 20; i++)
        {
            Assert.True(features[$"mfcc_q10_{i}"] <= features[$"mfcc_q50_{i}"]);
            Assert.True(features[$"mfcc_q50_{i}"] <= features[$"mfcc_q90_{i}"]);
        }
    }

    private static Dictionary<string, float> Extract(float[] samples) =>
        Voice.Names.Zip(Voice.Extract(new AudioSignal(samples, Rate))).ToDictionary(f => f.First, f => f.Second);
}
