namespace SerLab.Features.Audio;

/// <summary>
/// A sound at another rate, resampled while it is heard; sample for sample what <see cref="Resampler"/> makes of it.
/// </summary>
internal sealed class ResampledSound(Sound sound, Resampler resampler) : Sound(resampler.OutputRate)
{
    /// <inheritdoc/>
    public override long Length => resampler.OutputLength(sound.Length);

    /// <inheritdoc/>
    public override ISampleReader Open() => new Reader(sound.Open(), resampler);

    /// <inheritdoc/>
    public override AudioSignal ToSignal()
    {
        float[] samples = GC.AllocateUninitializedArray<float>(checked((int)Length));
        using ISampleReader reader = Open();
        return new AudioSignal(samples.AsMemory(0, reader.Read(samples)), SampleRate);
    }

    private sealed class Reader(ISampleReader source, Resampler resampler) : ISampleReader
    {
        private const int Block = 1 << 14;

        // Inputs from `start` on, and outputs from `given` to `made`.
        private readonly float[] input = new float[Block + resampler.MostInputs];
        private readonly float[] output = new float[Block + resampler.MostOutputs];
        private long start;
        private int filled;
        private bool ends;
        private long next;
        private int given;
        private int made;

        public int Read(Span<float> mono)
        {
            int done = 0;
            while (done < mono.Length && (given < made || Make()))
            {
                int count = Math.Min(made - given, mono.Length - done);
                output.AsSpan(given, count).CopyTo(mono[done..]);
                (given, done) = (given + count, done + count);
            }

            return done;
        }

        public void Dispose() => source.Dispose();

        // The next outputs; false at the end.
        private bool Make()
        {
            (given, made) = (0, 0);
            while (made == 0)
            {
                made = resampler.Convolve(input.AsSpan(0, filled), start, ends, next, output);
                next += made;
                if (made == 0 && ends)
                {
                    return false;
                }

                int used = (int)Math.Clamp(resampler.FirstInput(next) - start, 0, filled);
                input.AsSpan(used, filled - used).CopyTo(input);
                (start, filled) = (start + used, filled - used);
                if (!ends)
                {
                    int read = source.Read(input.AsSpan(filled));
                    ends = filled + read < input.Length;
                    filled += read;
                }
            }

            return true;
        }
    }
}
