namespace SerLab.Features.Audio;

/// <summary>A sound that is decoded anew whenever it is heard.</summary>
internal sealed class SoundInFile(string path, int sampleRate) : Sound(sampleRate)
{
    private const int BlockSamples = 1 << 14;

    private long? length;

    /// <inheritdoc/>
    public override long Length => length ?? Counted();

    /// <inheritdoc/>
    public override ISampleReader Open() => new Reader(this, SoundReader.Open(path));

    /// <inheritdoc/>
    public override AudioSignal ToSignal() => AudioFile.Read(path);

    private long Counted()
    {
        using ISampleReader reader = Open();
        float[] block = new float[BlockSamples];
        while (reader.Read(block) == block.Length)
        {
        }

        return length!.Value;
    }

    // Headers may lie, so the length is what was heard when the end was reached.
    private sealed class Reader(SoundInFile sound, SoundReader reader) : ISampleReader
    {
        public int Read(Span<float> mono)
        {
            int read = reader.Read(mono);
            if (read < mono.Length)
            {
                sound.length = reader.Position;
            }

            return read;
        }

        public void Dispose() => reader.Dispose();
    }
}
