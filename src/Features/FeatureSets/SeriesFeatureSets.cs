using System.Numerics.Tensors;
using SerLab.Features.Audio;
using SerLab.Features.Dsp;
using SerLab.Features.Waveform;
using SerLab.Onnx;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// Images and series of sound at 22,050 Hz in frames of 2,048 samples, hop 512: what networks hear. Each is a short composition
/// of the functions in <c>Dsp</c>.
/// </summary>
internal static class SeriesFeatureSets
{
    private const int SampleRate = 22_050;
    private const int MelBands = 128;
    private const int MfccCount = 20;
    private const int LevelFrame = 1024;

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IEnumerable<FeatureSet> All()
    {
        SeriesRecipe recipe = new(SampleRate);
        ShortTimeFourierTransform transform = recipe.Transform;
        Lazy<FilterBank> mel = new(() => MelBank.Slaney(SampleRate, transform.FrameLength, MelBands));
        FrameMatrix MelDecibels(AudioSignal signal) => Decibels.FromPower(transform.BandPowers(signal, mel.Value));
        OnnxValue MelDecibelsOf(OnnxGraph graph, OnnxValue powers) =>
            DecibelOperators.FromPower(graph, FilterBankOperators.Apply(graph, mel.Value, powers));

        yield return LogMel("logmel64", 64, Logarithm.Decibels);
        yield return LogMel("logmel128", 128, Logarithm.Decibels);
        yield return LogMel("logmel64-ln", 64, Logarithm.Natural);
        yield return LogMel("logmel128-ln", 128, Logarithm.Natural);
        yield return recipe.Create(
            "linear1025",
            "The spectrum of every frame in dB below the loudest, equal to librosa 0.11.",
            SeriesRecipe.Numbered("bin", transform.BinCount, first: 0),
            new Dictionary<string, string> { ["logarithm"] = "dB below the loudest, top_db 80" },
            signal => Decibels.RelativeToLoudest(transform.Powers(signal)),
            (graph, samples) => DecibelOperators.RelativeToLoudest(graph, recipe.Powers(graph, samples)));
        foreach (FeatureSet set in PitchFeatureSets.All(recipe, SampleRate))
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
            },
            (graph, samples) =>
            {
                OnnxValue mfcc = CepstrumOperators.Of(
                    graph, MelDecibelsOf(graph, recipe.Powers(graph, samples)), cosines.Value);
                return graph.Concat(
                    2, mfcc, CepstrumOperators.Derivative(graph, mfcc, 1), CepstrumOperators.Derivative(graph, mfcc, 2));
            });
        yield return recipe.Create(
            "contrast7",
            "The spectral contrast of every frame in seven bands, in dB, equal to librosa 0.11.",
            SeriesRecipe.Numbered("contrast", SpectralContrast.Bands),
            new Dictionary<string, string> { ["contrast"] = "octaves from 200 Hz, quantile 0.02" },
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
                    SpectralChange.Flux(powers.Map(TensorPrimitives.Sqrt)));
            },
            (graph, samples) =>
            {
                OnnxValue powers = recipe.Powers(graph, samples);
                return graph.Concat(
                    2,
                    ChangeOperators.OnsetStrength(graph, MelDecibelsOf(graph, powers)),
                    ChangeOperators.Flux(graph, graph.Apply("Sqrt", [powers])));
            });
        Lazy<Tempogram> tempogram = new(() => new Tempogram());
        yield return recipe.Create(
            "tempogram384",
            "The autocorrelation of the onset strength around every frame, equal to librosa 0.11.",
            SeriesRecipe.Numbered("lag", Tempogram.Window, first: 0),
            new Dictionary<string, string> { ["mel_bands"] = $"{MelBands}", ["tempogram"] = "window of 384 frames, hann" },
            signal => tempogram.Value.Of(SpectralChange.OnsetStrength(MelDecibels(signal))));
        FrameLevels levels = new(LevelFrame, transform.HopLength);
        yield return new SeriesRecipe(SampleRate, LevelFrame, transform.HopLength).Create(
            "series3",
            "Amplitude envelope, RMS and share of zero crossings of every frame.",
            ["amplitude", "rms", "zero_crossings"],
            new Dictionary<string, string> { ["window"] = "none", ["padding"] = "none" },
            signal => FrameMatrix.Stack(levels.Peaks(signal), levels.RootMeanSquares(signal), levels.ZeroCrossings(signal)),
            (graph, samples) => LevelOperators.Levels(graph, samples, LevelFrame, transform.HopLength));
    }

    private static FeatureSet LogMel(string id, int bands, Logarithm logarithm) => LogMelFeatureSet.Create(
        id,
        $"{bands} mel bands of every frame, "
            + (logarithm == Logarithm.Decibels ? "in dB below the loudest" : "ln(1e-6 + power)") + ", equal to librosa 0.11.",
        new LogMelOptions { Bands = bands, Logarithm = logarithm, SampleRate = SampleRate });
}
