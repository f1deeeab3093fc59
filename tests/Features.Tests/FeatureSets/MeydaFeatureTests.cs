using SerLab.Features.Audio;
using SerLab.Features.Dsp;
using SerLab.Features.FeatureSets;
using Xunit;

namespace SerLab.Features.Tests.FeatureSets;

public class MeydaFeatureTests
{
    private static readonly string[] UndefinedInSilence =
        ["centroid", "spread", "skewness", "kurtosis", "flatness", "perceptual_sharp", "spectral_slope"];

    private static readonly MeydaFrames Frames = new();

    [Fact]
    public void Names_are_in_the_order_of_the_thesis()
    {
        string[] names = [.. FeatureSetCatalogue.BuiltIn.Get("meyda74").Names];
        Assert.Equal(["rms_mean", "rms_std", "zerocross_mean", "zerocross_std", "rolloff_mean"], names[..5]);
        Assert.Equal(["flatness_std", "mfcc_mean_1"], names[15..17]);
        Assert.Equal(["mfcc_mean_13", "mfcc_std_1"], names[28..30]);
        Assert.Equal(["chromagram_std_12", "loudness_mean", "loudness_std", "energy_mean"], names[65..69]);
        Assert.Equal(["perceptual_sharp_std", "spectral_slope_mean", "spectral_slope_std"], names[71..]);
    }

    [Fact]
    public void In_silence_what_divides_by_the_spectrum_is_undefined_and_pools_to_zero()
    {
        AudioSignal silence = new(new float[4096], 44100);
        FrameMatrix frames = Frames.Compute(silence);
        FeatureSet set = FeatureSetCatalogue.BuiltIn.Get("meyda74");
        float[] features = set.Extract(silence);
        for (int row = 0; row < frames.RowCount; row++)
        {
            bool undefined = UndefinedInSilence.Contains(MeydaFrames.RowNames[row]);
            Assert.All(frames.Row(row).ToArray(), v => Assert.Equal(undefined, !float.IsFinite(v)));
        }

        // Nothing exceeds 99 % of nothing, so that Meyda leaves the roll-off at the top.
        float top = 512 * 44100f / 1022;
        for (int i = 0; i < features.Length; i++)
        {
            Assert.Equal(set.Names[i] == "rolloff_mean" ? top : 0, features[i], 0.01f);
        }
    }

    [Fact]
    public void A_silent_stretch_leaves_the_statistics_of_what_it_leaves_undefined_alone()
    {
        // From frame 7 on no frame touches the noise; the frames before are the same in both signals.
        float[] noise = FeatureSetCatalogueTests.Noise(512 * 7, 44100).Samples.ToArray();
        FeatureSet set = FeatureSetCatalogue.BuiltIn.Get("meyda74");
        float[] within = set.Extract(new AudioSignal(noise.Concat(new float[512 * 20]).ToArray(), 44100));
        float[] alone = set.Extract(new AudioSignal(noise.Concat(new float[512]).ToArray(), 44100));
        for (int i = 0; i < alone.Length; i++)
        {
            if (UndefinedInSilence.Any(name => set.Names[i].StartsWith(name, StringComparison.Ordinal)))
            {
                Assert.Equal(alone[i], within[i]);
            }
        }

        int rms = set.Names.ToList().IndexOf("rms_mean");
        Assert.Equal(alone[rms] * 7 / 26, within[rms], 1e-6);
    }

    [Fact]
    public void Pooling_is_mean_and_population_deviation_over_the_defined_frames()
    {
        float[] values =
            [.. Enumerable.Range(0, 37).Select(i => i % 5 == 0 ? float.NaN : i % 7 == 0 ? float.NegativeInfinity : i * i)];
        double[] defined = [.. values.Where(float.IsFinite).Select(v => (double)v)];
        double mean = defined.Average();
        FrameMoments moments = FramePooling.Pool(values);
        Assert.Equal(mean, moments.Mean, 1e-4);
        Assert.Equal(Math.Sqrt(defined.Average(v => (v - mean) * (v - mean))), moments.StandardDeviation, 1e-4);
        FrameMoments[] without = [FramePooling.Pool([float.NaN, float.NaN]), FramePooling.Pool([])];
        Assert.All(without, none => Assert.Equal((0, 0), (none.Mean, none.StandardDeviation)));
    }

    [Fact]
    public void Centroid_flatness_and_chroma_do_not_depend_on_the_level_and_energy_does()
    {
        float[] samples = FeatureSetCatalogueTests.Noise(20000, 44100).Samples.ToArray();
        FrameMatrix loud = Frames.Compute(new AudioSignal(samples, 44100));
        FrameMatrix quiet = Frames.Compute(new AudioSignal(samples.Select(v => v / 8).ToArray(), 44100));
        for (int row = 0; row < loud.RowCount; row++)
        {
            string name = MeydaFrames.RowNames[row];
            double factor = name switch
            {
                "rms" => 8,
                "energy" => 64,
                "loudness" => Math.Pow(8, 0.23),
                "perceptual_sharp" => double.NaN,
                _ => name.StartsWith("mfcc", StringComparison.Ordinal) ? double.NaN : 1,
            };
            for (int t = 0; !double.IsNaN(factor) && t < loud.FrameCount; t++)
            {
                Assert.Equal(1, loud[row, t] / (factor * quiet[row, t]), 1e-5);
            }
        }
    }

    [Fact]
    public void The_zero_crossings_of_a_square_wave_are_counted()
    {
        float[] square = [.. Enumerable.Range(0, 4096).Select(i => (i + 10) / 32 % 2 == 0 ? 1f : -1f)];
        FrameMatrix frames = Frames.Compute(new AudioSignal(square, 44100));
        Assert.All(frames.Row(1).ToArray(), count => Assert.Equal(32, count));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1023, 1)]
    [InlineData(1024, 1)]
    [InlineData(1535, 1)]
    [InlineData(1536, 2)]
    [InlineData(264600, 515)]
    public void Only_whole_frames_count_but_a_short_signal_is_filled_up_to_one(int samples, int frames) =>
        Assert.Equal(frames, MeydaFrames.FrameCount(new AudioSignal(new float[samples], 44100)));

    [Fact]
    public void A_signal_shorter_than_a_frame_equals_itself_followed_by_zeros()
    {
        float[] samples = FeatureSetCatalogueTests.Noise(700, 44100).Samples.ToArray();
        FeatureSet set = FeatureSetCatalogue.BuiltIn.Get("meyda74");
        Assert.Equal(
            set.Extract(new AudioSignal(samples.Concat(new float[324]).ToArray(), 44100)),
            set.Extract(new AudioSignal(samples, 44100)));
    }
}
