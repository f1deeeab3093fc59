using FsCheck;
using FsCheck.Fluent;
using SerLab.Features.Audio;
using Xunit;

namespace SerLab.Features.Tests.Audio;

/// <summary>The documented response of the resampler, measured with tones; lengths, alignment, linearity, odd ratios.</summary>
public class ResamplerTests
{
    // Where the filter does not reach beyond the ends of the signal, in samples of the lower rate.
    private const int Edge = 82;

    // Small ratios, common ones, exact filters with hundreds of phases, and pairs without a common divisor (interpolated phases).
    public static TheoryData<int, int> Pairs => new()
    {
        { 44100, 16000 }, { 48000, 22050 }, { 22050, 48000 }, { 44100, 48000 }, { 48000, 16000 }, { 8000, 44100 },
        { 44100, 22050 }, { 44100, 44101 }, { 48000, 15991 }, { 15991, 48000 }, { 192000, 1999 },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Tones_in_the_pass_band_keep_amplitude_and_time(int from, int to)
    {
        Resampler resampler = new(from, to);
        foreach (double fraction in (double[])[0.01, 0.1, 0.37, 0.63, 0.85, 0.92])
        {
            double frequency = fraction * Math.Min(from, to) / 2;
            AudioSignal output = resampler.Resample(Sounds.Tone(frequency, from, Length(from, to)));
            AudioSignal expected = Sounds.Tone(frequency, to, output.Samples.Length);

            // 0.001 dB is a relative error of 1.15e-4; against the tone itself, so that a shift of a thousandth of a sample shows
            // too.
            Assert.InRange(LargestDifference(output, expected, Margin(from, to)), 0, 1.15e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Resampled_while_it_is_heard_a_sound_is_the_same(int from, int to)
    {
        Resampler resampler = new(from, to);
        Prop.ForAll(
            Gen.Choose(0, 60_000).ToArbitrary(),
            Gen.Choose(1, 30_000).ToArbitrary(),
            (length, block) =>
            {
                GeneratedSound sound = GeneratedSound.Melody(length, from);
                Sound resampled = resampler.Resample((Sound)sound);
                List<float> heard = [];
                using ISampleReader reader = resampled.Open();
                float[] piece = new float[block];
                for (int read = block; read == block; heard.AddRange(piece[..read]))
                {
                    read = reader.Read(piece);
                }

                Assert.Equal(resampled.Length, heard.Count);
                Assert.Equal(resampler.Resample(sound.ToSignal()).Samples.ToArray(), heard);
            }).Holds(cases: 5);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Tones_beyond_the_new_Nyquist_frequency_are_at_least_90_dB_down(int from, int to)
    {
        if (to >= from)
        {
            return;
        }

        Resampler resampler = new(from, to);
        foreach (double fraction in (double[])[0, 0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.999])
        {
            double frequency = (to / 2.0) + (fraction * (from - to) / 2.0);
            float[] output = resampler.Resample(Sounds.Tone(frequency, from, Length(from, to))).Samples.ToArray();
            Assert.InRange(Decibels(output[Margin(from, to)..^Margin(from, to)].Max(MathF.Abs)), -200, -90);
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Images_beyond_the_old_Nyquist_frequency_are_at_least_90_dB_down(int from, int to)
    {
        // Nearly equal rates leave no room for an image between the two Nyquist frequencies.
        if (to < 1.05 * from)
        {
            return;
        }

        Resampler resampler = new(from, to);
        double frequency = 0.9 * from / 2;
        double[] output =
            [.. resampler.Resample(Sounds.Tone(frequency, from, Length(from, to))).Samples.ToArray().Select(x => (double)x)];
        double image = Amplitude(output.AsSpan(Margin(from, to)..^Margin(from, to)), (from - frequency) / to);
        Assert.InRange(Decibels(image), -300, -90);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_constant_stays_that_constant(int from, int to)
    {
        float[] constant = Enumerable.Repeat(0.7f, Length(from, to)).ToArray();
        float[] output = Resampler.Resample(new AudioSignal(constant, from), to).Samples.ToArray();
        Assert.All(output[Margin(from, to)..^Margin(from, to)], sample => Assert.Equal(0.7f, sample, 1e-6f));
    }

    [Fact]
    public void The_length_is_that_of_the_time_rounded_up() => Prop.ForAll(
        Gen.Choose(0, 3_000).ToArbitrary(),
        Gen.Choose(1_000, 50_000).ToArbitrary(),
        Gen.Choose(1_000, 50_000).ToArbitrary(),
        (length, from, to) =>
        {
            AudioSignal output = Resampler.Resample(new AudioSignal(new float[length], from), to);
            return output.SampleRate == to && output.Samples.Length == (int)Math.Ceiling((decimal)length * to / from);
        }).Holds(cases: 40);

    [Fact]
    public void Resampling_is_linear()
    {
        Gen<float[]> signals = Gen.Choose(-1000, 1000).Select(x => x / 1000f).ArrayOf(400);
        Resampler[] resamplers = [new(44100, 16000), new(16000, 44100), new(44100, 44101)];
        Prop.ForAll(signals.ToArbitrary(), signals.ToArbitrary(), (first, second) => resamplers.All(resampler =>
        {
            float[] Through(IEnumerable<float> samples) =>
                resampler.Resample(new AudioSignal(samples.ToArray(), resampler.InputRate)).Samples.ToArray();
            float[] together = Through(first.Zip(second, (a, b) => (2 * a) - (3 * b)));
            return Through(first).Zip(Through(second), (a, b) => (2 * a) - (3 * b))
                .Zip(together, (expected, actual) => Math.Abs(expected - actual)).Max() < 1e-5f;
        })).Holds();
    }

    [Theory]
    [InlineData(48000, 44100)]
    [InlineData(16000, 48000)]
    [InlineData(16000, 15991)]
    public void There_and_back_gives_the_signal_again(int from, int to)
    {
        // A sum of tones below the pass band's edge of the lower rate.
        float[] sum = new float[20_000];
        foreach (double fraction in (double[])[0.02, 0.2, 0.5, 0.8])
        {
            float[] tone = Sounds.Tone(fraction * Math.Min(from, to) / 2, from, sum.Length, amplitude: 0.2).Samples.ToArray();
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += tone[i];
            }
        }

        AudioSignal signal = new(sum, from);
        AudioSignal back = Resampler.Resample(Resampler.Resample(signal, to), from);
        Assert.InRange(back.Samples.Length, sum.Length, sum.Length + Math.Ceiling((double)from / to));
        Assert.InRange(LargestDifference(back, signal, 6 * Edge), 0, 1e-4);
    }

    [Fact]
    public void An_impulse_answers_symmetrically_about_its_own_time()
    {
        float[] impulse = new float[2_001];
        impulse[1_000] = 1;
        float[] output = Resampler.Resample(new AudioSignal(impulse, 16000), 48000).Samples.ToArray();
        Assert.Equal(6_003, output.Length);
        Assert.Equal(output.Max(), output[3_000]);
        for (int distance = 1; distance <= 300; distance++)
        {
            Assert.Equal(output[3_000 - distance], output[3_000 + distance], 1e-7f);
        }

        Assert.Equal(0, output[3_000 - (3 * Edge)]);
    }

    [Fact]
    public void Given_equal_rates_then_the_signal_itself_comes_back()
    {
        AudioSignal signal = new(new[] { 1f, 2f }, 44100);
        Assert.Same(signal, Resampler.Resample(signal, 44100));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(50)]
    public void Signals_shorter_than_the_filter_are_resampled(int length)
    {
        float[] output =
            Resampler.Resample(new AudioSignal(Enumerable.Repeat(1f, length).ToArray(), 8000), 16000).Samples.ToArray();
        Assert.Equal(2 * length, output.Length);
        Assert.All(output, sample => Assert.InRange(sample, -0.3f, 1.3f));
        Assert.InRange(output[0], 0.4f, 1.3f);
    }

    [Theory]
    [InlineData(44100, 44101)]
    [InlineData(999_983, 1_009)]
    [InlineData(1_009, 999_983)]
    public void Memory_of_the_filter_is_bounded_for_rates_without_a_common_divisor(int from, int to)
    {
        _ = new Resampler(48000, 44100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = new Resampler(from, to);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 5 << 20);
    }

    [Fact]
    public void Threads_may_share_a_resampler()
    {
        Resampler resampler = new(44100, 16000);
        AudioSignal tone = Sounds.Tone(1000, 44100, 20_000);
        float[] expected = resampler.Resample(tone).Samples.ToArray();
        Parallel.For(0, 16, _ => Assert.Equal(expected, resampler.Resample(tone).Samples.ToArray()));
    }

    [Theory]
    [InlineData(0, 8000)]
    [InlineData(8000, 0)]
    [InlineData(8000, -1)]
    [InlineData(8000, 7)]
    [InlineData(8, 8001)]
    public void Rates_that_are_not_positive_or_too_far_apart_are_argument_errors(int from, int to) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Resampler(from, to));

    [Fact]
    public void A_signal_of_another_rate_is_an_argument_error() =>
        Assert.Throws<ArgumentException>(() => new Resampler(44100, 16000).Resample(new AudioSignal(new float[10], 48000)));

    // Enough input for a thousand output samples beyond the edges.
    private static int Length(int from, int to) =>
        (int)Math.Ceiling(from * (1_000.0 + (2 * Margin(from, to))) / to);

    // The edge in samples of the output.
    private static int Margin(int from, int to) => (int)Math.Ceiling(Edge * Math.Max(1, (double)to / from)) + 1;

    private static double LargestDifference(AudioSignal actual, AudioSignal expected, int margin)
    {
        float[] a = actual.Samples.ToArray();
        float[] b = expected.Samples.ToArray();
        return Enumerable.Range(margin, b.Length - (2 * margin)).Max(i => Math.Abs((double)a[i] - b[i]));
    }

    private static double Decibels(double amplitude) => 20 * Math.Log10(amplitude);

    /// <summary>
    /// The amplitude of one frequency (in cycles per sample), through a window (sine to the eighth) that keeps other tones out.
    /// </summary>
    private static double Amplitude(ReadOnlySpan<double> samples, double frequency)
    {
        (double real, double imaginary, double weight) = (0, 0, 0);
        for (int n = 0; n < samples.Length; n++)
        {
            double window = Math.Pow(Math.Sin(Math.PI * n / samples.Length), 8);
            real += window * samples[n] * Math.Cos(2 * Math.PI * frequency * n);
            imaginary += window * samples[n] * Math.Sin(2 * Math.PI * frequency * n);
            weight += window;
        }

        return 2 * Math.Sqrt((real * real) + (imaginary * imaginary)) / weight;
    }
}
