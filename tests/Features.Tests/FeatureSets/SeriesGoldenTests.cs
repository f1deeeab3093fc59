using SerLab.Features.Audio;
using SerLab.Features.Dsp;
using SerLab.Features.FeatureSets;
using SerLab.Features.Tests.Audio;
using Xunit;

namespace SerLab.Features.Tests.FeatureSets;

/// <summary>Images and series against librosa 0.11, which resampled the clips with libsoxr.</summary>
public class SeriesGoldenTests
{
    private const int Rate = 22050;

    // Its energy sits where the filters that halve the rate differ, so all that follows from a constant-Q transform does too.
    private const string Chirp = "clip_009_chirp";

    public static TheoryData<string> Clips => Golden.Names;

    [SkippableTheory]
    [Trait("Data", "real")]
    [MemberData(nameof(Clips))]
    public void Every_stage_equals_librosa_on_the_same_samples(string clip)
    {
        Dictionary<string, GoldenArray> golden = GoldenArray.Of(clip);
        AudioSignal signal = Soxr.Resample(Golden.Clip(clip), Rate);
        ShortTimeFourierTransform transform = new();
        FrameMatrix powers = transform.Powers(signal);
        FrameMatrix magnitudes = transform.Magnitudes(signal);
        FrameMatrix mel64 = transform.BandPowers(signal, MelBank.Slaney(Rate, 2048, 64));
        FrameMatrix mel128 = MelBank.Slaney(Rate, 2048, 128).Apply(powers);
        FrameMatrix onset = SpectralChange.OnsetStrength(Decibels.FromPower(mel128));
        FrameMatrix mfcc = Cepstrum.Of(Decibels.FromPower(mel128), CosineTransform.Orthonormal(128, 20));
        FrameLevels levels = new();
        Check("logmel64_db_max", Decibels.RelativeToLoudest(mel64), 1e-3);
        Check("logmel64_log1e-6", LogCompression.Of(mel64, 1e-6f), 1e-5);
        Check("logmel128_db_max", Decibels.RelativeToLoudest(mel128), 1e-3);
        Check("logmel128_log1e-6", LogCompression.Of(mel128, 1e-6f), 1e-5);
        Check("linear_db_max", Decibels.RelativeToLoudest(powers), 1e-3);
        Check("linear_magnitude", magnitudes, 1e-6 * golden["linear_magnitude"].Largest);
        Check("chroma_stft", Folded(ChromaBank.Librosa(Rate, 2048, PitchTuning.Estimate(powers, Rate)), powers), 1e-5);
        Check("chroma_stft_tuning0", Folded(ChromaBank.Librosa(Rate, 2048), powers), 1e-5);
        Check("onset_strength", onset, 1e-4);
        Check("spectral_flux_l2", SpectralChange.Flux(magnitudes), 1e-5 * golden["spectral_flux_l2"].Largest);
        Check("tempogram", new Tempogram().Of(onset), 1e-5);
        Check("spectral_contrast", SpectralContrast.Of(magnitudes, Rate), 1e-4);
        Check("mfcc20", mfcc, 1e-3);
        Check("mfcc20_delta", TimeDerivative.Of(mfcc, 1), 1e-4);
        Check("mfcc20_delta2", TimeDerivative.Of(mfcc, 2), 1e-4);
        Check("rms_1024_512_plain", levels.RootMeanSquares(signal), 1e-6);
        Check("amplitude_envelope_1024_512", levels.Peaks(signal), 1e-6);
        Check("zcr_1024_512_plain", levels.ZeroCrossings(signal), 1e-6);

        FrameMatrix constantQ = new ConstantQTransform(Rate).Magnitudes(signal);
        FrameMatrix chroma = ConstantQChroma(PitchTuning.Estimate(magnitudes, Rate, 36));
        double tolerance = clip == Chirp ? 0.05 : 2e-3;
        Check("cqt_magnitude", constantQ, (clip == Chirp ? 1e-2 : 1.2e-4) * golden["cqt_magnitude"].Largest);
        Check("chroma_cqt", chroma, tolerance);
        Check("chroma_cqt_tuning0", ConstantQChroma(0), tolerance);
        Check("tonnetz", Tonnetz.Of(chroma), tolerance);

        void Check(string name, FrameMatrix actual, double tolerance) =>
            golden[name].AssertEqual($"{clip} {name}", actual, tolerance);

        FrameMatrix Folded(FilterBank bank, FrameMatrix spectra) => FrameScaling.ByLargest(bank.Apply(spectra));

        FrameMatrix ConstantQChroma(double tuning) => Folded(
            ChromaBank.ConstantQ(ConstantQTransform.Octaves, 36),
            new ConstantQTransform(Rate, binsPerOctave: 36, tuning: tuning).Magnitudes(signal));
    }

    /// <summary>
    /// Two resamplers differ above nine tenths of half the rate, where their filters begin to fade, and in what is left of a tone
    /// far beside it; so bands below count here, and speech.
    /// </summary>
    [SkippableTheory]
    [Trait("Data", "real")]
    [InlineData("clip_000_speech")]
    [InlineData("clip_002_speech")]
    public void Feature_sets_equal_librosa_from_the_clip_on(string clip)
    {
        Dictionary<string, GoldenArray> golden = GoldenArray.Of(clip);
        Check("logmel64", "logmel64_db_max", 0, 0.01, rows: 61);
        Check("logmel64-ln", "logmel64_log1e-6", 0, 2e-3, rows: 61);
        Check("logmel128", "logmel128_db_max", 0, 0.01, rows: 122);
        Check("logmel128-ln", "logmel128_log1e-6", 0, 2e-3, rows: 122);
        Check("linear1025", "linear_db_max", 0, 0.01, rows: 920);
        Check("cqt84", "cqt_magnitude", 0, 1e-4 * golden["cqt_magnitude"].Largest);
        Check("logcqt84", "cqt_db_max", 0, 0.05);
        Check("chroma12-cqt", "chroma_cqt", 0, 2e-3);
        Check("tonnetz6", "tonnetz", 0, 2e-3);
        Check("onset2", "onset_strength", 0, 0.05);
        Check("onset2", "spectral_flux_l2", 1, 1e-4 * golden["spectral_flux_l2"].Largest);
        Check("tempogram384", "tempogram", 0, 1e-3);
        Check("mfcc60", "mfcc20", 0, 0.5);
        Check("mfcc60", "mfcc20_delta", 20, 0.1);
        Check("mfcc60", "mfcc20_delta2", 40, 0.1);
        Check("series3", "amplitude_envelope_1024_512", 0, 2e-3);
        Check("series3", "rms_1024_512_plain", 1, 1e-5);

        void Check(string id, string name, int firstBand, double tolerance, int? rows = null)
        {
            FeatureSet set = FeatureSetCatalogue.BuiltIn.Get(id);
            float[] series = set.Extract(Golden.Clip(clip));
            Assert.Equal(golden[name].Frames * set.Names.Count, series.Length);
            golden[name].AssertEqual(
                $"{clip} {id}", (row, frame) => series[(frame * set.Names.Count) + firstBand + row], tolerance, rows);
        }
    }
}
