using SerLab.Core;

namespace SerLab.Features.Audio;

/// <summary>
/// A mono sound that is heard from its start to its end, a block at a time, as often as wanted. One that lies in a file
/// (<see cref="AudioFile.Hear"/>) takes no more memory than a block, however long it is; <see cref="AudioSignal"/> is one in
/// memory. Not thread-safe unless it is in memory.
/// </summary>
public abstract class Sound
{
    private protected Sound(int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        SampleRate = sampleRate;
    }

    /// <summary>Samples per second (Hz).</summary>
    public int SampleRate { get; }

    /// <summary>Samples from start to end; where only hearing it tells, it is heard for that once.</summary>
    /// <exception cref="InvalidInputException">The sound cannot be decoded to its end.</exception>
    public abstract long Length { get; }

    /// <summary>How long the sound lasts.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Length / SampleRate);

    /// <summary>Begins to hear it, from its start.</summary>
    /// <exception cref="InvalidInputException">The sound cannot be decoded.</exception>
    public abstract ISampleReader Open();

    /// <summary>All of it in memory: four bytes per sample.</summary>
    /// <exception cref="InvalidInputException">The sound cannot be decoded, or is longer than an array.</exception>
    public abstract AudioSignal ToSignal();
}
