using SerLab.Features.Audio;

namespace SerLab.Benchmarks;

/// <summary>Sound to measure with: a harmonic tone that glides, in noise, at 44.1 kHz.</summary>
internal static class SyntheticClip
{
    public const int SampleRate = 44100;
    public const int Seconds = 6;

    public static AudioSignal Create(int seed)
    {
        Random random = new(seed);
        double phase = 0;
        float[] samples = new float[SampleRate * Seconds];
        for (int i = 0; i < samples.Length; i++)
        {
            phase += 2 * Math.PI * (110 + 20 * seed % 200 + 30.0 * i / samples.Length) / SampleRate;
            double tone = Math.Sin(phase) + 0.5 * Math.Sin(2 * phase) + 0.3 * Math.Sin(5 * phase);
            samples[i] = (float)(0.3 * tone + 0.05 * (random.NextDouble() - 0.5));
        }

        return new AudioSignal(samples, SampleRate);
    }
}
