using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using Xunit;

namespace SerLab.Features.Tests.Speech;

/// <summary>
/// egemaps88 against the numbers of openSMILE 3 (the program of its Python package 2.6.0, configuration eGeMAPSv02) of a sound
/// of 16 bit that is made here: two gliding voices with a hiss between and faint noise throughout. Left out are those that are
/// defined otherwise here, and those of so few frames or periods that a single one decides them.
/// </summary>
public class EgemapsGoldenTests
{
    private static readonly FeatureSet Set = FeatureSetCatalogue.BuiltIn.Get("egemaps88");
    private static readonly Lazy<float[]> Features = new(() => Set.Extract(Sound()));

    /// <summary>What openSMILE printed.</summary>
    public static TheoryData<string, double> Printed => new()
    {
        { "F0semitoneFrom27.5Hz_sma3nz_amean", 27.96205 },
        { "F0semitoneFrom27.5Hz_sma3nz_stddevNorm", 0.05509327 },
        { "F0semitoneFrom27.5Hz_sma3nz_percentile20.0", 26.32565 },
        { "F0semitoneFrom27.5Hz_sma3nz_percentile50.0", 27.92501 },
        { "F0semitoneFrom27.5Hz_sma3nz_percentile80.0", 29.55089 },
        { "F0semitoneFrom27.5Hz_sma3nz_pctlrange0-2", 3.225239 },
        { "loudness_sma3_amean", 1.005744 },
        { "loudness_sma3_stddevNorm", 0.5536964 },
        { "loudness_sma3_percentile20.0", 0.09427685 },
        { "loudness_sma3_percentile50.0", 0.9977371 },
        { "loudness_sma3_percentile80.0", 1.304724 },
        { "loudness_sma3_pctlrange0-2", 1.210447 },
        { "spectralFlux_sma3_amean", 0.7589629 },
        { "spectralFlux_sma3_stddevNorm", 1.630658 },
        { "mfcc1_sma3_amean", 22.4379 },
        { "mfcc1_sma3_stddevNorm", 1.066898 },
        { "mfcc2_sma3_amean", 14.58598 },
        { "mfcc2_sma3_stddevNorm", 0.7858826 },
        { "mfcc3_sma3_amean", 6.356695 },
        { "mfcc3_sma3_stddevNorm", 2.052799 },
        { "mfcc4_sma3_amean", 2.822754 },
        { "mfcc4_sma3_stddevNorm", 3.00099 },
        { "alphaRatioV_sma3nz_amean", -36.08899 },
        { "alphaRatioV_sma3nz_stddevNorm", -0.2526839 },
        { "hammarbergIndexV_sma3nz_amean", 55.49654 },
        { "hammarbergIndexV_sma3nz_stddevNorm", 0.1848459 },
        { "spectralFluxV_sma3nz_amean", 0.7749243 },
        { "spectralFluxV_sma3nz_stddevNorm", 1.316975 },
        { "mfcc1V_sma3nz_amean", 38.40303 },
        { "mfcc1V_sma3nz_stddevNorm", 0.2499606 },
        { "mfcc2V_sma3nz_amean", 21.73707 },
        { "mfcc2V_sma3nz_stddevNorm", 0.2951214 },
        { "mfcc3V_sma3nz_amean", 10.03904 },
        { "mfcc3V_sma3nz_stddevNorm", 1.452692 },
        { "mfcc4V_sma3nz_amean", 4.195259 },
        { "mfcc4V_sma3nz_stddevNorm", 2.375831 },
        { "loudnessPeaksPerSec", 0.7575758 },
        { "VoicedSegmentsPerSec", 0.7722008 },
        { "MeanVoicedSegmentLengthSec", 0.85 },
        { "MeanUnvoicedSegmentLength", 0.28 },
        { "StddevUnvoicedSegmentLength", 0.04320494 },
        { "equivalentSoundLevel_dBp", -11.1072 },
    };

    [Theory]
    [MemberData(nameof(Printed))]
    public void A_number_is_that_of_openSMILE(string name, double printed) =>
        Assert.Equal(printed, Features.Value[Set.IndexOf(name)], 0.02 * Math.Abs(printed));

    private static AudioSignal Sound()
    {
        AudioSignal voices = SyntheticVoice.Joined(
            SyntheticVoice.Silence(0.3),
            SyntheticVoice.Of(
                0.9,
                i => 400 - (i / 2) + (i % 3),
                i => 1 - (0.1 * (i % 2)),
                (0, 100), (700, 80), (1220, 90), (2600, 120), (3500, 200), (4500, 250)),
            SyntheticVoice.Silence(0.35),
            SyntheticVoice.Of(
                0.8,
                i => 300 + (i / 3),
                null,
                (0, 100), (400, 70), (1900, 100), (2550, 140), (3500, 200), (4500, 250)),
            SyntheticVoice.Silence(0.3));
        float[] samples = voices.Samples.ToArray();
        long state = 1;
        for (int n = 0; n < samples.Length; n++)
        {
            // The generator of ISO C's example of rand.
            state = ((1103515245 * state) + 12345) % 2147483648;
            double noise = n is >= 57_600 and < 74_400 ? 0.1 : 0.001;
            samples[n] = (float)Math.Round(32767 * (samples[n] + (noise * ((state / 1073741824.0) - 1)))) / 32767;
        }

        return new AudioSignal(samples, voices.SampleRate);
    }
}
