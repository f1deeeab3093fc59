using SerLab.Features.Audio;

namespace SerLab.Features.Tests.Speech;

/// <summary>A voice of which all is known: pulses of given distances and heights through given resonances.</summary>
internal static class SyntheticVoice
{
    public const int SampleRate = 48_000;

    /// <summary>Pulses through resonances.</summary>
    /// <param name="seconds">How long.</param>
    /// <param name="period">Samples from pulse i to the next.</param>
    /// <param name="height">The height of pulse i.</param>
    /// <param name="resonances">Their frequencies and bandwidths in Hz.</param>
    public static AudioSignal Of(
        double seconds,
        Func<int, int> period,
        Func<int, double>? height = null,
        params (double Frequency, double Bandwidth)[] resonances)
    {
        double[] sound = new double[(int)(seconds * SampleRate)];
        for ((int at, int i) = (0, 0); at < sound.Length; at += period(i++))
        {
            sound[at] = height?.Invoke(i) ?? 1;
        }

        foreach ((double frequency, double bandwidth) in resonances)
        {
            double radius = Math.Exp(-Math.PI * bandwidth / SampleRate);
            double first = 2 * radius * Math.Cos(2 * Math.PI * frequency / SampleRate);
            double second = -radius * radius;
            for (int n = 0; n < sound.Length; n++)
            {
                sound[n] += (first * (n > 0 ? sound[n - 1] : 0)) + (second * (n > 1 ? sound[n - 2] : 0));
            }
        }

        double largest = sound.Max(Math.Abs);
        return new AudioSignal(Array.ConvertAll(sound, value => (float)(0.5 * value / largest)), SampleRate);
    }

    /// <summary>A sum of tones, each of a frequency in Hz and an amplitude.</summary>
    public static AudioSignal Tones(double seconds, params (double Frequency, double Amplitude)[] tones) => new(
        Enumerable.Range(0, (int)(seconds * SampleRate)).Select(n => (float)tones.Sum(
            tone => tone.Amplitude * Math.Sin(2 * Math.PI * tone.Frequency * n / SampleRate))).ToArray(),
        SampleRate);

    /// <summary>Nothing to hear.</summary>
    public static AudioSignal Silence(double seconds) => new(new float[(int)(seconds * SampleRate)], SampleRate);

    /// <summary>One after the other.</summary>
    public static AudioSignal Joined(params AudioSignal[] parts) =>
        new(parts.SelectMany(part => part.Samples.ToArray()).ToArray(), SampleRate);

    /// <summary>The samples times a factor, with white noise of a root mean square.</summary>
    public static AudioSignal Changed(AudioSignal sound, double factor, double noise = 0, int seed = 1)
    {
        Random random = new(seed);
        return new AudioSignal(
            Array.ConvertAll(
                sound.Samples.ToArray(),
                sample => (float)((factor * sample) + (noise * Math.Sqrt(3) * ((2 * random.NextDouble()) - 1)))),
            sound.SampleRate);
    }
}
