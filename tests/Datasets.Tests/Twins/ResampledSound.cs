using SerLab.Datasets.Corpora;
using SerLab.Features.Audio;

namespace SerLab.Datasets.Tests.Twins;

/// <summary>Another sound at another sample rate, which it tells.</summary>
internal sealed class ResampledSound(AudioSource original, int sampleRate) : AudioSource
{
    public override string Name => FormattableString.Invariant($"{original.Name} ({sampleRate} Hz)");

    public override string ContentHash() => Name;

    public override int? DeclaredSampleRate() => sampleRate;

    public override AudioSignal Load() => Resampler.Resample(original.Load(), sampleRate);
}
