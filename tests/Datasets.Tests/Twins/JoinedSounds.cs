using SerLab.Datasets.Corpora;
using SerLab.Features.Audio;

namespace SerLab.Datasets.Tests.Twins;

/// <summary>One sound after the other.</summary>
internal sealed class JoinedSounds(AudioSource first, AudioSource second) : AudioSource
{
    public override string Name => $"{first.Name}, {second.Name}";

    public override string ContentHash() => Name;

    public override AudioSignal Load()
    {
        AudioSignal signal = first.Load();
        float[] samples = [.. signal.Samples.ToArray(), .. second.Load().Samples.ToArray()];
        return new AudioSignal(samples, signal.SampleRate);
    }
}
