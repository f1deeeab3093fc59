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
    /// <summary>Puts resampling before a feature set; its key and parameters say the rate.</summary>
    /// <param name="set">The features of the resampled sound; its id stays.</param>
    /// <param name="sampleRate">Samples per second, at least 1.</param>
    public static FeatureSet At(FeatureSet set, int sampleRate)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        return set.With(
            set.Id,
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

        public AudioSignal Apply(AudioSignal signal) => resamplers[signal.SampleRate].Resample(signal);

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
