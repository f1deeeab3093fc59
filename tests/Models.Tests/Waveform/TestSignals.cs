using SerLab.Core;

namespace SerLab.Models.Tests.Waveform;

/// <summary>Clips that go to the limits of feature extraction: loud, quiet, tonal, noisy, silent, of awkward lengths.</summary>
internal static class TestSignals
{
    public const int SampleRate = 44100;

    private const int OneSecond = SampleRate;

    public static IReadOnlyDictionary<string, Func<float[]>> All { get; } = new Dictionary<string, Func<float[]>>
    {
        ["noise"] = () => Noise(OneSecond, 0.3),
        ["quiet noise"] = () => Noise(OneSecond, 1e-4),
        ["tone"] = () => Tone(OneSecond, 440, 0.5),
        ["mistuned tones"] = () =>
            Sum(Tone(OneSecond, 261.6 * 1.013, 0.3), Tone(OneSecond, 392 * 1.013, 0.2), Noise(OneSecond, 1e-3)),
        ["tone of 16 bits"] = () => [.. Tone(OneSecond, 1000, 0.25).Select(v => MathF.Round(v * 32768) / 32768)],
        ["chirp"] = () => [.. Enumerable.Range(0, OneSecond).Select(n => (float)(0.7 * Math.Sin(20.0 * n * n / OneSecond / 15)))],
        ["voice"] = () => Voice(OneSecond),
        ["clipped"] = () => [.. Tone(OneSecond, 220, 4).Select(v => Math.Clamp(v, -1, 1))],
        ["silence"] = () => new float[OneSecond],

        // Whether a frame of noise has a pitch, and which, is a decision; on its border rounding takes it, which differs with the
        // width of vectors. In noise of this length no frame lies there.
        ["noise, silence, voice"] = () => [.. Noise(31_000, 0.1), .. new float[20_000], .. Voice(30_000)],
        ["an impulse"] = () => [.. new float[3000], 1, .. new float[5000]],
        ["constant"] = () => [.. Enumerable.Repeat(0.25f, 5000)],
        ["1 sample"] = () => [0.5f],
        ["1,023 samples"] = () => Noise(1023, 0.3),
        ["1,024 samples"] = () => Noise(1024, 0.3),
        ["1,025 samples"] = () => Noise(1025, 0.3),
        ["1,535 samples"] = () => Noise(1535, 0.3),
        ["1,536 samples"] = () => Noise(1536, 0.3),
        ["six seconds of voice"] = () => Voice(6 * SampleRate),
        ["no samples"] = () => [],
    };

    public static float[] Noise(int length, double level)
    {
        SeededRandom random = new(7);
        return [.. Enumerable.Range(0, length).Select(_ => (float)(level * random.NextGaussian()))];
    }

    private static float[] Tone(int length, double hertz, double level) =>
        [.. Enumerable.Range(0, length).Select(n => (float)(level * Math.Sin((2 * Math.PI * hertz * n / SampleRate) + 0.3)))];

    // Harmonics of a gliding pitch under a slow envelope, with pauses of faint noise.
    private static float[] Voice(int length)
    {
        SeededRandom random = new(11);
        float[] samples = new float[length];
        double phase = 0;
        for (int n = 0; n < length; n++)
        {
            double t = (double)n / SampleRate;
            phase += 2 * Math.PI * (140 + (30 * Math.Sin(3 * t))) / SampleRate;
            double envelope = Math.Max(0, Math.Sin(2 * Math.PI * 2.5 * t));
            double sum = 0;
            for (int harmonic = 1; harmonic <= 20; harmonic++)
            {
                sum += Math.Sin(harmonic * phase) / harmonic;
            }

            samples[n] = (float)((0.2 * envelope * sum) + (1e-4 * random.NextGaussian()));
        }

        return samples;
    }

    private static float[] Sum(params float[][] parts) =>
        [.. Enumerable.Range(0, parts[0].Length).Select(n => parts.Sum(part => part[n]))];
}
