using SerLab.Datasets.Corpora;
using SerLab.Features.Audio;

namespace SerLab.Explorer.Library;

/// <summary>A sound at a model's rate where it has a higher one: what lies above is not heard. Lower rates stay.</summary>
/// <param name="sound">The sound.</param>
/// <param name="sampleRate">The model's rate in Hz.</param>
internal sealed class LoweredSound(AudioSource sound, int sampleRate) : AudioSource
{
    public override string Name => sound.Name;

    public override string ContentHash() => $"{sound.ContentHash()}, at most {sampleRate} Hz";

    public override AudioSignal Load() => Lowered(sound.Load(), sampleRate);

    /// <summary>A signal at a rate, where its own is higher.</summary>
    public static AudioSignal Lowered(AudioSignal signal, int sampleRate) =>
        signal.SampleRate > sampleRate ? Resampler.Resample(signal, sampleRate) : signal;
}
