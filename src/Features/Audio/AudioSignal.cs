namespace SerLab.Features.Audio;

/// <summary>A mono sound: 32-bit float samples, nominally within [-1, 1], and their rate. Immutable.</summary>
public sealed class AudioSignal
{
    /// <summary>Wraps samples without copying them; the caller must not write to them afterwards.</summary>
    /// <param name="samples">Mono samples, nominally within [-1, 1]; may be empty.</param>
    /// <param name="sampleRate">Samples per second, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The sample rate is not positive.</exception>
    public AudioSignal(ReadOnlyMemory<float> samples, int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        Samples = samples;
        SampleRate = sampleRate;
    }

    /// <summary>The samples, nominally within [-1, 1].</summary>
    public ReadOnlyMemory<float> Samples { get; }

    /// <summary>Samples per second (Hz).</summary>
    public int SampleRate { get; }

    /// <summary>How long the sound lasts.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples.Length / SampleRate);
}
