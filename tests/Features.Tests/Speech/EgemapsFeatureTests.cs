using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using Xunit;

namespace SerLab.Features.Tests.Speech;

/// <summary>egemaps88 on sounds of which pitch, periods, resonances, levels and noise are known.</summary>
public class EgemapsFeatureTests
{
    private static readonly FeatureSet Set = FeatureSetCatalogue.BuiltIn.Get("egemaps88");

    // A source that falls by 12 dB an octave, and the resonances of a vowel.
    private static readonly (double, double)[] Vowel =
        [(0, 100), (700, 80), (1220, 90), (2600, 120), (3500, 200), (4500, 250)];

    [Fact]
    public void Names_and_their_order_are_openSMILEs()
    {
        Dictionary<int, string> published = new()
        {
            [0] = "F0semitoneFrom27.5Hz_sma3nz_amean",
            [5] = "F0semitoneFrom27.5Hz_sma3nz_pctlrange0-2",
            [9] = "F0semitoneFrom27.5Hz_sma3nz_stddevFallingSlope",
            [10] = "loudness_sma3_amean",
            [20] = "spectralFlux_sma3_amean",
            [29] = "mfcc4_sma3_stddevNorm",
            [30] = "jitterLocal_sma3nz_amean",
            [39] = "logRelF0-H1-A3_sma3nz_stddevNorm",
            [44] = "F1amplitudeLogRelF0_sma3nz_amean",
            [58] = "alphaRatioV_sma3nz_amean",
            [75] = "mfcc4V_sma3nz_stddevNorm",
            [76] = "alphaRatioUV_sma3nz_amean",
            [81] = "loudnessPeaksPerSec",
            [87] = "equivalentSoundLevel_dBp",
        };

        Assert.Equal((88, 88), (Set.Names.Count, Set.Names.Distinct().Count()));
        Assert.Equal(published, published.Keys.ToDictionary(i => i, i => Set.Names[i]));
    }

    [Theory]
    [InlineData(600)]
    [InlineData(400)]
    [InlineData(218)]
    [InlineData(120)]
    public void The_pitch_of_a_voice_is_found(int period)
    {
        float[] features = Set.Extract(SyntheticVoice.Of(1, _ => period, null, Vowel));

        double semitones = 12 * Math.Log2(SyntheticVoice.SampleRate / (double)period / 27.5);
        Assert.Equal(semitones, Value(features, "F0semitoneFrom27.5Hz_sma3nz_amean"), 0.15);
        Assert.InRange(Value(features, "F0semitoneFrom27.5Hz_sma3nz_pctlrange0-2"), 0, 0.2);
    }

    [Fact]
    public void A_glide_of_an_octave_in_a_second_rises_by_twelve_semitones_per_second()
    {
        double phase = 0;
        float[] samples = new float[SyntheticVoice.SampleRate];
        for (int n = 0; n < samples.Length; n++)
        {
            phase += 120 * Math.Pow(2, (double)n / samples.Length) / SyntheticVoice.SampleRate;
            samples[n] = (float)(0.3 * Enumerable.Range(1, 12).Sum(k => Math.Sin(2 * Math.PI * k * phase) / k));
        }

        float[] features = Set.Extract(new AudioSignal(samples, SyntheticVoice.SampleRate));

        Assert.Equal(12, Value(features, "F0semitoneFrom27.5Hz_sma3nz_meanRisingSlope"), 0.6);
        Assert.Equal(0, Value(features, "F0semitoneFrom27.5Hz_sma3nz_meanFallingSlope"));
    }

    [Fact]
    public void Voiced_stretches_are_counted_and_measured()
    {
        AudioSignal voice = SyntheticVoice.Of(1, _ => 400, null, Vowel);
        AudioSignal pause = SyntheticVoice.Silence(0.5);

        float[] features = Set.Extract(SyntheticVoice.Joined(pause, voice, pause, voice, pause));

        Assert.Equal(2 / 3.5, Value(features, "VoicedSegmentsPerSec"), 0.02);
        Assert.Equal(1, Value(features, "MeanVoicedSegmentLengthSec"), 0.08);
        Assert.Equal(0.5, Value(features, "MeanUnvoicedSegmentLength"), 0.08);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(4, 0)]
    [InlineData(0, 0.5)]
    [InlineData(3, 1)]
    public void Jitter_and_shimmer_are_those_of_the_pulses(int shift, double decibels)
    {
        double low = Math.Pow(10, -decibels / 20);
        AudioSignal voice = SyntheticVoice.Of(
            1, i => 400 + (i % 2 == 0 ? shift : -shift), i => i % 2 == 0 ? 1 : low, (800, 300));

        float[] features = Set.Extract(voice);

        Assert.Equal(2 * shift / 400.0, Value(features, "jitterLocal_sma3nz_amean"), 0.0015);
        double shimmer = 20 * Math.Log10(1 + ((1 - low) / (0.5 * (1 + low))));
        Assert.Equal(shimmer, Value(features, "shimmerLocaldB_sma3nz_amean"), 0.05);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(15)]
    public void Harmonics_to_noise_of_a_tone_in_noise_follow_from_their_powers_and_the_window(double ratio)
    {
        const double amplitude = 0.2;
        double noise = amplitude / Math.Sqrt(2) * Math.Pow(10, -ratio / 20);
        AudioSignal sound = SyntheticVoice.Changed(SyntheticVoice.Tones(2, (240, amplitude)), 1, noise);

        // The autocorrelation of a windowed tone at its period is that of the window; white noise has none.
        double[] window = [.. Enumerable.Range(0, 2880).Select(n => Math.Exp(-0.5 * Math.Pow((n - 1439.5) / 1439.5 / 0.4, 2)))];
        double kept = Enumerable.Range(0, 2880 - 200).Sum(n => window[n] * window[n + 200]) / window.Sum(w => w * w);
        double expected = 10 * Math.Log10(kept / (1 + Math.Pow(10, -ratio / 10) - kept));

        Assert.Equal(expected, Value(Set.Extract(sound), "HNRdBACF_sma3nz_amean"), 0.6);
    }

    [Fact]
    public void Resonances_are_found_as_formants()
    {
        float[] features = Set.Extract(SyntheticVoice.Of(1, _ => 480, null, Vowel[1..]));

        Assert.InRange(Value(features, "F1frequency_sma3nz_amean"), 700 * 0.93, 700 * 1.07);
        Assert.InRange(Value(features, "F2frequency_sma3nz_amean"), 1220 * 0.93, 1220 * 1.07);
        Assert.InRange(Value(features, "F3frequency_sma3nz_amean"), 2600 * 0.95, 2600 * 1.05);
    }

    [Fact]
    public void The_first_harmonics_differ_as_they_were_made()
    {
        float[] features = Set.Extract(SyntheticVoice.Tones(
            1, (200, 0.2), (400, 0.1), (600, 0.05), (800, 0.05), (1000, 0.05), (2600, 0.02)));

        Assert.Equal(20 * Math.Log10(2), Value(features, "logRelF0-H1-H2_sma3nz_amean"), 0.3);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.001)]
    public void The_sound_level_is_that_of_the_mean_power(double amplitude) => Assert.Equal(
        10 * Math.Log10(amplitude * amplitude / 2),
        Value(Set.Extract(SyntheticVoice.Tones(1, (500, amplitude))), "equivalentSoundLevel_dBp"),
        0.01);

    [Fact]
    public void A_gain_moves_levels_and_nothing_else()
    {
        AudioSignal voice = SyntheticVoice.Changed(SyntheticVoice.Of(1, i => 400 + (i % 7), null, Vowel), 1, 0.001);
        float[] one = Set.Extract(voice);
        float[] half = Set.Extract(SyntheticVoice.Changed(voice, 0.5));

        string[] moved = ["loudness", "spectralFlux", "equivalentSoundLevel"];
        foreach ((string name, int i) in Set.Names.Select((name, i) => (name, i)))
        {
            if (!moved.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                Assert.True(Math.Abs(one[i] - half[i]) <= 2e-3 * (1 + Math.Abs(one[i])), $"{name}: {one[i]}, {half[i]}");
            }
        }

        Assert.Equal(-20 * Math.Log10(2), half[^1] - one[^1], 0.001);
        Assert.Equal(
            Math.Pow(0.25, 0.33), Value(half, "loudness_sma3_amean") / Value(one, "loudness_sma3_amean"), 0.001);
        Assert.Equal(0.5, Value(half, "spectralFlux_sma3_amean") / Value(one, "spectralFlux_sma3_amean"), 0.001);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(8_000)]
    [InlineData(22_050)]
    [InlineData(44_100)]
    [InlineData(96_000)]
    public void Whatever_is_heard_gives_finite_numbers(int sampleRate)
    {
        Random random = new(5);
        float[][] sounds =
        [
            [], [0.5f], new float[sampleRate], [.. Enumerable.Repeat(1f, sampleRate / 2)], [float.NaN, float.PositiveInfinity, 1],
            [.. Enumerable.Range(0, sampleRate / 3).Select(_ => (float)random.NextDouble() - 0.5f)],
            [.. Enumerable.Range(0, sampleRate / 3).Select(n => n % 100 == 0 ? 1f : 0)],
            [.. Enumerable.Range(0, sampleRate / 3).Select(n => n == 1000 ? 1f : 1e-20f)],
        ];

        Assert.All(sounds, sound =>
            Assert.All(Set.Extract(new AudioSignal(sound, sampleRate)), value => Assert.True(float.IsFinite(value))));
    }

    private static double Value(float[] features, string name) => features[Set.IndexOf(name)];
}
