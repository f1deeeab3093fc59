namespace SerLab.Features.Audio;

/// <summary>A mono sound in memory: 32-bit float samples, nominally within [-1, 1], and their rate. Immutable.</summary>
public sealed class AudioSignal : Sound
{
    /// <summary>Wraps samples without copying them; the caller must not write to them afterwards.</summary>
    /// <param name="samples">Mono samples, nominally within [-1, 1]; may be empty.</param>
    /// <param name="sampleRate">Samples per second, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The sample rate is not positive.</exception>
    public AudioSignal(ReadOnlyMemory<float> samples, int sampleRate) : base(sampleRate) => Samples = samples;

    /// <summary>The samples, nominally within [-1, 1].</summary>
    public ReadOnlyMemory<float> Samples { get; }

    /// <inheritdoc/>
    public override long Length => Samples.Length;

    /// <inheritdoc/>
    public override ISampleReader Open() => new Reader(Samples);

    /// <inheritdoc/>
    public override AudioSignal ToSignal() => this;

    private sealed class Reader(ReadOnlyMemory<float> left) : ISampleReader
    {
        public int Read(Span<float> mono)
        {
            int count = Math.Min(left.Length, mono.Length);
            left.Span[..count].CopyTo(mono);
            left = left[count..];
            return count;
        }

        public void Dispose()
        {
        }
    }
}
