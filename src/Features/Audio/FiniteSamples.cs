namespace SerLab.Features.Audio;

/// <summary>A sound without samples that are not finite, which are silence, and with silence behind its end.</summary>
/// <param name="sound">The sound; closed with this.</param>
/// <param name="silence">How many samples of silence.</param>
internal sealed class FiniteSamples(ISampleReader sound, long silence) : ISampleReader
{
    /// <inheritdoc/>
    public int Read(Span<float> mono)
    {
        int read = sound.Read(mono);
        foreach (ref float sample in mono[..read])
        {
            sample = float.IsFinite(sample) ? sample : 0;
        }

        int still = (int)Math.Min(mono.Length - read, silence);
        mono.Slice(read, still).Clear();
        silence -= still;
        return read + still;
    }

    /// <inheritdoc/>
    public void Dispose() => sound.Dispose();
}
