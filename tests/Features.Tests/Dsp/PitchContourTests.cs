using SerLab.Features.Audio;
using SerLab.Features.Dsp;
using Xunit;

namespace SerLab.Features.Tests.Dsp;

public class PitchContourTests
{
    private const int Hop = 512;

    public static TheoryData<double, int> Tones
    {
        get
        {
            TheoryData<double, int> tones = [];
            foreach (double frequency in new[] { 65.0, 98, 131.3, 220, 311.1, 440, 580 })
            {
                foreach (int rate in new[] { 8000, 16000, 22050, 44100, 48000 })
                {
                    tones.Add(frequency, rate);
                }
            }

            return tones;
        }
    }

    [Theory]
    [MemberData(nameof(Tones))]
    public void A_harmonic_tone_has_its_pitch_within_a_quarter_tone_on_every_frame(double frequency, int rate)
    {
        float[] pitch = Track(Tone(frequency, rate, 1, gain: 0.3));
        double expected = 12 * Math.Log2(frequency / PitchContour.ReferenceFrequency);
        Assert.All(pitch[4..^4], semitones => Assert.InRange(semitones, expected - 0.5, expected + 0.5));
    }

    [Fact]
    public void A_glide_is_followed()
    {
        const int Rate = 48000;
        float[] samples = new float[Rate];
        double phase = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            phase += 2 * Math.PI * FrequencyAt(i) / Rate;
            samples[i] = (float)(Math.Sin(phase) + 0.5 * Math.Sin(2 * phase) + 0.3 * Math.Sin(3 * phase));
        }

        float[] pitch = Track(new AudioSignal(samples, Rate));
        for (int t = 4; t < pitch.Length - 4; t++)
        {
            Assert.Equal(12 * Math.Log2(FrequencyAt(t * Hop) / PitchContour.ReferenceFrequency), pitch[t], 0.5);
        }

        static double FrequencyAt(int sample) => 120 * Math.Pow(2, (double)sample / Rate);
    }

    [Theory]
    [InlineData(1e-20)]
    [InlineData(1e-3)]
    [InlineData(1e30)]
    public void A_gain_changes_nothing(double gain)
    {
        float[] plain = Track(Tone(200, 16000, 0.5, 1));
        float[] scaled = Track(Tone(200, 16000, 0.5, gain));
        Assert.All(plain.Zip(scaled), pair => Assert.Equal(pair.First, pair.Second, 0.01f));
    }

    [Fact]
    public void Silence_noise_and_a_constant_have_no_pitch()
    {
        Random random = new(1);
        float[] noise = [.. Enumerable.Range(0, 16000).Select(_ => (float)(random.NextDouble() - 0.5))];
        Assert.All(Track(new AudioSignal(new float[16000], 16000)), semitones => Assert.True(float.IsNaN(semitones)));
        Assert.All(Track(new AudioSignal(noise, 16000)), semitones => Assert.True(float.IsNaN(semitones)));
        Assert.All(
            Track(new AudioSignal(Enumerable.Repeat(0.25f, 16000).ToArray(), 16000)),
            semitones => Assert.True(float.IsNaN(semitones)));
    }

    [Fact]
    public void A_rate_below_the_voice_has_no_pitch() =>
        Assert.All(Track(new AudioSignal(Tone(40, 1000, 2, 1).Samples, 1000)), semitones => Assert.True(float.IsNaN(semitones)));

    [Fact]
    public void A_later_start_gives_the_same_frames()
    {
        AudioSignal tone = Tone(150, 16000, 1, 1);
        float[] later = new float[5];
        PitchContour.Track(tone, Hop, 7, later);
        Assert.Equal(Track(tone)[7..12], later);
    }

    internal static AudioSignal Tone(double frequency, int rate, double seconds, double gain)
    {
        float[] samples = new float[(int)(rate * seconds)];
        int harmonics = Math.Min(12, (int)(0.45 * rate / frequency));
        for (int i = 0; i < samples.Length; i++)
        {
            double sum = 0;
            for (int h = 1; h <= harmonics; h++)
            {
                sum += Math.Sin(2 * Math.PI * h * frequency * i / rate) / h;
            }

            samples[i] = (float)(gain * sum);
        }

        return new AudioSignal(samples, rate);
    }

    private static float[] Track(AudioSignal signal)
    {
        float[] semitones = new float[1 + signal.Samples.Length / Hop];
        PitchContour.Track(signal, Hop, 0, semitones);
        return semitones;
    }
}
