using System.Globalization;
using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.Waveform;
using SerLab.Onnx;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// Feature sets that are defined at one sample rate: every sound is resampled to it first (<see cref="Resampler"/>).
/// </summary>
public static class FixedRateFeatureSet
{
    private const string Unit = "Hz";

    /// <summary>Puts resampling before a feature set; its key and parameters say the rate.</summary>
    /// <param name="set">The features of the resampled sound; its id stays.</param>
    /// <param name="sampleRate">Samples per second, at least 1.</param>
    public static FeatureSet At(FeatureSet set, int sampleRate)
    {
        ArgumentNullException.ThrowIfNull(set);
        return At(set, sampleRate, set.Id);
    }

    /// <summary>The name of a set at a rate, as in <c>meyda74@16000Hz</c>.</summary>
    internal static string NameOf(string id, int sampleRate) =>
        string.Create(CultureInfo.InvariantCulture, $"{id}{WindowedFeatureSet.Separator}{sampleRate}{Unit}");

    /// <summary>Reads the rate behind a name; none where it is no rate.</summary>
    internal static int? RateIn(string text) =>
        text.EndsWith(Unit, StringComparison.OrdinalIgnoreCase)
        && int.TryParse(text[..^Unit.Length], NumberStyles.None, CultureInfo.InvariantCulture, out int rate)
            ? rate
            : null;

    /// <summary>The same, with the rate in the id, too.</summary>
    /// <exception cref="InvalidInputException">The set has a rate already, or no sound has this one.</exception>
    internal static FeatureSet Named(FeatureSet set, int sampleRate) => set.SampleRate is { } fixedRate
        ? throw new InvalidInputException(string.Create(
            CultureInfo.InvariantCulture, $"'{set.Id}' hears every sound at {fixedRate} Hz already; leave the rate out."))
        : sampleRate is < AudioFile.MinimumSampleRate or > AudioFile.MaximumSampleRate
            ? throw new InvalidInputException(string.Create(
                CultureInfo.InvariantCulture,
                $"No sound has {sampleRate} Hz: name a rate of {AudioFile.MinimumSampleRate} to "
                    + $"{AudioFile.MaximumSampleRate} Hz."))
            : At(set, sampleRate, NameOf(set.Id, sampleRate));

    private static FeatureSet At(FeatureSet set, int sampleRate, string id)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        return set.With(
            id,
            "sample_rate",
            string.Create(CultureInfo.InvariantCulture, $"resampled to {sampleRate}"),
            sampleRate,
            [new Resampling(sampleRate), .. set.Preparations],
            set.Shape);
    }

    /// <summary>Every sound at one rate.</summary>
    private sealed class Resampling(int sampleRate) : ISoundPreparation
    {
        private readonly BoundedCache<int, Resampler> resamplers = new(rate => Build(rate, sampleRate), capacity: 8);

        public Sound Apply(Sound sound) => resamplers[sound.SampleRate].Resample(sound);

        public (OnnxValue Samples, int SampleRate) AddTo(OnnxGraph graph, OnnxValue samples, int inputRate) =>
            (ResamplerOperators.Resample(graph, samples, resamplers[inputRate]), sampleRate);

        private static Resampler Build(int inputRate, int outputRate)
        {
            try
            {
                return new Resampler(inputRate, outputRate);
            }
            catch (ArgumentOutOfRangeException)
            {
                throw new InvalidInputException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"A sound of {inputRate} samples per second cannot be resampled to the {outputRate} of this feature set: "
                        + $"the rates are too far apart."));
            }
        }
    }
}
