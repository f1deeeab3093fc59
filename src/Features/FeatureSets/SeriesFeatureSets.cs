using SerLab.Features.Audio;
using SerLab.Features.Dsp;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// Images and series of sound at 22,050 Hz in frames of 2,048 samples, hop 512: what networks hear. Each is a short composition of
/// the functions in <c>Dsp</c>.
/// </summary>
internal static class SeriesFeatureSets
{
    private const int SampleRate = 22_050;
    private const int MelBands = 128;
    private const int MfccCount = 20;
    private const int LevelFrame = 1024;

    // Three bins per semitone, so that a sound that is out of tune stays within its pitch class.
    private const int ChromaBinsPerOctave = 36;

    private static readonly Dictionary<string, string> None = [];

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IEnumerable<FeatureSet> All()
    {
        SeriesRecipe recipe = new(SampleRate);
        ShortTimeFourierTransform transform = recipe.Transform;
        Lazy<FilterBank> mel = new(() => MelBank.Slaney(SampleRate, transform.FrameLength, MelBands));
        FrameMatrix MelDecibels(AudioSignal signal) => Decibels.FromPower(transform.BandPowers(signal, mel.Value));

        yield return LogMel("logmel64", 64, Logarithm.Decibels);
        yield return LogMel("logmel128", 128, Logarithm.Decibels);
        yield return LogMel("logmel64-ln", 64, Logarithm.Natural);
        yield return LogMel("logmel128-ln", 128, Logarithm.Natural);
        yield return recipe.Create(
            "linear1025",
            "The spectrum of every frame in dB below the loudest, equal to librosa 0.11.",
            SeriesRecipe.Numbered("bin", transform.BinCount, first: 0),
            new Dictionary<string, string> { ["logarithm"] = "dB below the loudest, top_db 80" },
            signal => Decibels.RelativeToLoudest(transform.Powers(signal)));
        foreach (FeatureSet set in ConstantQ(recipe))
        {
            yield return set;
        }

        Lazy<FilterBank> cosines = new(() => CosineTransform.Orthonormal(MelBands, MfccCount));
        yield return recipe.Create(
            "mfcc60",
            "20 MFCC of every frame with their first and second derivatives, equal to librosa 0.11.",
            [
                .. SeriesRecipe.Numbered("mfcc", MfccCount), .. SeriesRecipe.Numbered("mfcc_delta", MfccCount),
                .. SeriesRecipe.Numbered("mfcc_delta2", MfccCount),
            ],
            new Dictionary<string, string> { ["mel_bands"] = $"{MelBands}", ["top_db"] = "80", ["delta_width"] = "9" },
            signal =>
            {
                FrameMatrix mfcc = Cepstrum.Of(MelDecibels(signal), cosines.Value);
                return FrameMatrix.Stack(mfcc, TimeDerivative.Of(mfcc, 1), TimeDerivative.Of(mfcc, 2));
            });
        yield return recipe.Create(
            "contrast7",
            "The spectral contrast of every frame in seven bands, in dB, equal to librosa 0.11.",
            SeriesRecipe.Numbered("contrast", SpectralContrast.Bands),
            None,
            signal => SpectralContrast.Of(transform.Magnitudes(signal), signal.SampleRate));
        yield return recipe.Create(
            "onset2",
            "The onset strength of every frame, equal to librosa 0.11, and its spectral flux.",
            ["onset_strength", "spectral_flux"],
            new Dictionary<string, string> { ["mel_bands"] = $"{MelBands}" },
            signal =>
            {
                FrameMatrix powers = transform.Powers(signal);
                return FrameMatrix.Stack(
                    SpectralChange.OnsetStrength(Decibels.FromPower(mel.Value.Apply(powers))),
                    SpectralChange.Flux(powers.Map(System.Numerics.Tensors.TensorPrimitives.Sqrt)));
            });
        Lazy<Tempogram> tempogram = new(() => new Tempogram());
        yield return recipe.Create(
            "tempogram384",
            "The autocorrelation of the onset strength around every frame, equal to librosa 0.11.",
            SeriesRecipe.Numbered("lag", Tempogram.Window, first: 0),
            new Dictionary<string, string> { ["mel_bands"] = $"{MelBands}" },
            signal => tempogram.Value.Of(SpectralChange.OnsetStrength(MelDecibels(signal))));
        FrameLevels levels = new(LevelFrame, transform.HopLength);
        yield return new SeriesRecipe(SampleRate, LevelFrame, transform.HopLength).Create(
            "series3",
            "Amplitude envelope, RMS and share of zero crossings of every frame.",
            ["amplitude", "rms", "zero_crossings"],
            new Dictionary<string, string> { ["window"] = "none", ["padding"] = "none" },
            signal => FrameMatrix.Stack(levels.Peaks(signal), levels.RootMeanSquares(signal), levels.ZeroCrossings(signal)));
    }

    private static FeatureSet LogMel(string id, int bands, Logarithm logarithm) => LogMelFeatureSet.Create(
        id,
        $"{bands} mel bands of every frame, {(logarithm == Logarithm.Decibels ? "in dB below the loudest" : "ln(1e-6 + power)")}, "
            + "equal to librosa 0.11.",
        new LogMelOptions { Bands = bands, Logarithm = logarithm, SampleRate = SampleRate });

    private static IEnumerable<FeatureSet> ConstantQ(SeriesRecipe recipe)
    {
        const int BinsPerOctave = 12;
        ShortTimeFourierTransform transform = recipe.Transform;
        string[] pitches = SeriesRecipe.Numbered("pitch", ConstantQTransform.Octaves * BinsPerOctave);
        Dictionary<string, string> parameters = new() { ["constant_q"] = "12 bins per octave from C1, 7 octaves, sparsity 0.01" };
        Lazy<ConstantQTransform> constantQ = new(() => new ConstantQTransform(SampleRate, transform.HopLength, BinsPerOctave));
        yield return recipe.Create(
            "cqt84",
            "The magnitudes at the semitones of seven octaves, equal to librosa 0.11.",
            pitches,
            parameters,
            signal => constantQ.Value.Magnitudes(signal));
        yield return recipe.Create(
            "logcqt84",
            "The magnitudes at the semitones of seven octaves in dB below the loudest, equal to librosa 0.11.",
            pitches,
            new Dictionary<string, string>(parameters) { ["logarithm"] = "dB below the loudest, top_db 80" },
            signal => Decibels.OfMagnitudes(constantQ.Value.Magnitudes(signal)));

        BoundedCache<double, FilterBank> banks =
            new(tuning => ChromaBank.Librosa(SampleRate, transform.FrameLength, tuning), capacity: 128);
        yield return recipe.Create(
            "chroma12",
            "The twelve pitch classes of every frame from its spectrum, relative to the strongest, equal to librosa 0.11.",
            SeriesRecipe.Numbered("chroma", ChromaBank.Classes),
            new Dictionary<string, string> { ["tuning"] = "estimated", ["spectrum"] = "power" },
            signal =>
            {
                FrameMatrix powers = transform.Powers(signal);
                return FrameScaling.ByLargest(banks[PitchTuning.Estimate(powers, SampleRate)].Apply(powers));
            });

        BoundedCache<double, ConstantQTransform> fine =
            new(tuning => new ConstantQTransform(SampleRate, transform.HopLength, ChromaBinsPerOctave, tuning), capacity: 128);
        Lazy<FilterBank> classes = new(() => ChromaBank.ConstantQ(ConstantQTransform.Octaves, ChromaBinsPerOctave));
        FrameMatrix Chroma(AudioSignal signal)
        {
            double tuning = PitchTuning.Estimate(transform.Magnitudes(signal), SampleRate, ChromaBinsPerOctave);
            return FrameScaling.ByLargest(classes.Value.Apply(fine[tuning].Magnitudes(signal)));
        }

        Dictionary<string, string> chroma = new()
        {
            ["constant_q"] = "36 bins per octave from C1, 7 octaves, sparsity 0.01",
            ["tuning"] = "estimated",
        };
        yield return recipe.Create(
            "chroma12-cqt",
            "The twelve pitch classes of every frame from a constant-Q transform, relative to the strongest, equal to librosa 0.11.",
            SeriesRecipe.Numbered("chroma", ChromaBank.Classes),
            chroma,
            Chroma);
        yield return recipe.Create(
            "tonnetz6",
            "The tonal centroid of every frame: fifths, minor and major thirds, equal to librosa 0.11.",
            ["fifth_x", "fifth_y", "minor_third_x", "minor_third_y", "major_third_x", "major_third_y"],
            chroma,
            signal => Tonnetz.Of(Chroma(signal)));
    }
}
