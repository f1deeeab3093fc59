using SerLab.Features.Dsp;
using SerLab.Features.Waveform;
using SerLab.Onnx;

namespace SerLab.Features.FeatureSets;

/// <summary>Feature sets that give the log-mel image of a clip: frames × bands.</summary>
public static class LogMelFeatureSet
{
    private const float Offset = 1e-6f;

    /// <summary>Defines a feature set.</summary>
    /// <param name="id">Short name users type.</param>
    /// <param name="description">One sentence: what it computes.</param>
    /// <param name="options">Bands, frames, rate and logarithm.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static FeatureSet Create(string id, string description, LogMelOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Bands);
        SeriesRecipe recipe = new(options.SampleRate, options.FrameLength, options.HopLength);
        BoundedCache<int, FilterBank> banks = new(rate => MelBank.Slaney(rate, options.FrameLength, options.Bands), capacity: 1);
        return recipe.Create(
            id,
            description,
            SeriesRecipe.Numbered("mel", options.Bands),
            new Dictionary<string, string>
            {
                ["mel_scale"] = "slaney",
                ["logarithm"] = options.Logarithm == Logarithm.Decibels ? "dB below the loudest, top_db 80" : "ln(1e-6 + power)",
            },
            signal =>
            {
                FrameMatrix powers = recipe.Transform.BandPowers(signal, banks[signal.SampleRate]);
                return options.Logarithm == Logarithm.Decibels
                    ? Decibels.RelativeToLoudest(powers)
                    : LogCompression.Of(powers, Offset);
            },
            (graph, samples) =>
            {
                OnnxValue powers = FilterBankOperators.Apply(graph, banks[options.SampleRate], recipe.Powers(graph, samples));
                return options.Logarithm == Logarithm.Decibels
                    ? DecibelOperators.RelativeToLoudest(graph, powers)
                    : DecibelOperators.Natural(graph, powers, Offset);
            });
    }
}
