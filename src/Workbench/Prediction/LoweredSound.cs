using SerLab.Datasets.Corpora;
using SerLab.Features.Audio;

namespace SerLab.Prediction;

/// <summary>A sound at a model's rate where it has a higher one: what lies above is not heard. Lower rates stay.</summary>
/// <param name="sound">The sound.</param>
/// <param name="sampleRate">The model's rate in Hz.</param>
internal sealed class LoweredSound(AudioSource sound, int sampleRate) : AudioSource
{
    private readonly Lazy<int?> declared = new(sound.DeclaredSampleRate);

    /// <summary>The sound's own rate in Hz, where it is higher; read from the header, so known of cached sounds, too.</summary>
    public int? LoweredFrom => declared.Value > sampleRate ? declared.Value : null;

    /// <summary>A clip at a model's rate at most.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="sampleRate">The rate in Hz; none: any, and the clip is as it was.</param>
    public static Clip Lowered(Clip clip, int? sampleRate) => sampleRate is { } rate && clip.Audio is { } audio
        ? clip with { Audio = new LoweredSound(audio, rate) }
        : clip;

    public override string Name => sound.Name;

    public override string ContentHash() => AtThisRate(sound.ContentHash());

    internal override string ContentHash(IKnownDigests known) => AtThisRate(sound.ContentHash(known));

    public override int? DeclaredSampleRate() => declared.Value is { } rate ? Math.Min(rate, sampleRate) : null;

    public override Sound Hear()
    {
        Sound heard = sound.Hear();
        return heard.SampleRate > sampleRate ? new Resampler(heard.SampleRate, sampleRate).Resample(heard) : heard;
    }

    public override AudioSignal Load()
    {
        AudioSignal signal = sound.Load();
        return signal.SampleRate > sampleRate ? Resampler.Resample(signal, sampleRate) : signal;
    }

    // A sound that stays as it is shares its cached features with whoever else asks for them.
    private string AtThisRate(string hash) => declared.Value <= sampleRate ? hash : $"{hash}, at most {sampleRate} Hz";
}
