using SerLab.Features.Audio;

namespace SerLab.Features.Tests.Audio;

/// <summary>A sound that is nowhere in memory: every sample follows from its position.</summary>
internal sealed class GeneratedSound(long length, int sampleRate, Func<long, float> sampleAt) : Sound(sampleRate)
{
    public override long Length => length;

    /// <summary>Tones in noise that swell and come again; silent for the first and the last eighth.</summary>
    public static GeneratedSound Melody(long length, int sampleRate, int seed = 0)
    {
        Random random = new(seed);
        float[] theme = new float[20_011];
        double phase = 0;
        for (int i = 0; i < theme.Length; i++)
        {
            phase += 110 * Math.Pow(2, i / 4_000 * 7 % 24 / 12.0) / sampleRate;
            theme[i] = (float)((phase - Math.Floor(phase) - 0.5) + (0.1 * random.NextDouble()));
        }

        float SampleAt(long n) => n < length / 8 || n >= length - (length / 8)
            ? 0
            : theme[n % theme.Length] * (0.2f + (0.2f * (n / 9_000 % 5)));
        return new GeneratedSound(length, sampleRate, SampleAt);
    }

    public override ISampleReader Open() => new Reader(length, sampleAt);

    public override AudioSignal ToSignal()
    {
        float[] samples = new float[length];
        using ISampleReader reader = Open();
        reader.Read(samples);
        return new AudioSignal(samples, SampleRate);
    }

    private sealed class Reader(long length, Func<long, float> sampleAt) : ISampleReader
    {
        private long position;

        public int Read(Span<float> mono)
        {
            int count = (int)Math.Min(mono.Length, length - position);
            for (int i = 0; i < count; i++)
            {
                mono[i] = sampleAt(position++);
            }

            return count;
        }

        public void Dispose()
        {
        }
    }
}
