using SerLab.Features.Audio;
using SerLab.Features.Waveform;
using SerLab.Onnx;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// Feature sets that hear one part of every sound, so that all examples have one shape. The part is cut out after resampling, and
/// is in the id, the parameters and the key.
/// </summary>
public static class WindowedFeatureSet
{
    /// <summary>What stands between the name of a set and the window in the name of a windowed one.</summary>
    internal const char Separator = '@';

    /// <summary>Puts cutting before a feature set.</summary>
    /// <param name="set">The features of the part.</param>
    /// <param name="window">The part. Where the set has a sample rate, the shape of examples then is fixed.</param>
    public static FeatureSet At(FeatureSet set, SoundWindow window)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(window);
        return set.With(
            $"{set.Id}{Separator}{window}",
            "part",
            $"{window} of every sound, silence beyond its ends",
            set.SampleRate,
            [.. set.Preparations, new Cutting(window)],
            set is { Shape.Size: null, SampleRate: { } rate }
                ? set.Shape.WithSize(set.Extract(window.Silence(rate)).Length)
                : set.Shape);
    }

    /// <summary>One part of every sound.</summary>
    private sealed class Cutting(SoundWindow window) : ISoundPreparation
    {
        public Sound Apply(Sound sound) => window.Cut(sound);

        public (OnnxValue Samples, int SampleRate) AddTo(OnnxGraph graph, OnnxValue samples, int sampleRate) =>
            (window.StartAt(sampleRate) is { } start
                ? CutOperators.From(graph, samples, start, window.LengthAt(sampleRate))
                : CutOperators.Middle(graph, samples, window.LengthAt(sampleRate)), sampleRate);
    }
}
