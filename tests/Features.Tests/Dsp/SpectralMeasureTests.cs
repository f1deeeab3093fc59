using SerLab.Features.Audio;
using SerLab.Features.Dsp;
using Xunit;

namespace SerLab.Features.Tests.Dsp;

public class SpectralMeasureTests
{
    [Fact]
    public void Hann_windows_start_at_zero_and_peak_in_the_middle()
    {
        double[] periodic = HannWindow.Periodic(8);
        Assert.Equal((0.0, 1.0), (periodic[0], periodic[4]));
        Assert.Equal(periodic[1], periodic[7], 1e-15);
        Assert.True(periodic[7] > 0);

        double[] symmetric = HannWindow.Symmetric(9);
        Assert.Equal((0.0, 1.0), (symmetric[0], symmetric[4]));
        Assert.Equal(0, symmetric[8], 1e-15);
    }

    [Fact]
    public void Decibels_have_a_floor_and_span_no_more_than_the_range()
    {
        float[] powers = [1, 100, 0, 1e-5f, 1e-7f];
        Decibels.FromPower(powers);
        Assert.Equal([0, 20, -60, -50, -60], powers, (a, b) => Math.Abs(a - b) < 1e-4);

        float[] silence = [0, 0];
        Decibels.FromPower(silence);
        Assert.Equal([-100, -100], silence, (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    [InlineData(-0.33)]
    [InlineData(0.47)]
    public void The_tuning_of_a_detuned_chord_is_found(double tuning)
    {
        double[] pitches = [.. new[] { 57, 61, 64, 69, 73 }.Select(note => 440 * Math.Pow(2, (note + tuning - 69) / 12))];
        AudioSignal chord = Sine(22050, 22050, pitches);
        double estimate = PitchTuning.Estimate(new ShortTimeFourierTransform(8192).Magnitudes(chord), 22050);
        Assert.Equal(tuning, estimate, 0.021);
    }

    [Fact]
    public void Silence_has_no_tuning() =>
        Assert.Equal(
            0, PitchTuning.Estimate(new ShortTimeFourierTransform().Magnitudes(new AudioSignal(new float[5000], 8000)), 8000));

    [Fact]
    public void A_full_scale_sine_in_the_middle_of_a_bin_has_a_magnitude_of_a_quarter_of_the_frame()
    {
        FrameMatrix magnitudes = new ShortTimeFourierTransform(1024, 256).Magnitudes(Sine(8192, 8192, 512));
        Assert.Equal((513, 33), (magnitudes.RowCount, magnitudes.FrameCount));
        Assert.Equal(256, magnitudes[64, 16], 1e-2);
        Assert.Equal(128, magnitudes[63, 16], 1e-2);
        Assert.Equal(0, magnitudes[200, 16], 1e-3);
    }

    [Theory]
    [InlineData(1, 512)]
    [InlineData(3000, 512)]
    [InlineData(3000, 700)]
    [InlineData(3000, 1500)]
    public void A_frame_is_the_transform_of_the_windowed_samples_around_it(int length, int hop)
    {
        Random random = new(length);
        float[] samples = [.. Enumerable.Range(0, length).Select(_ => (float)random.NextDouble() - 0.5f)];
        FrameMatrix powers = new ShortTimeFourierTransform(1024, hop).Powers(new AudioSignal(samples, 8000));
        Assert.Equal(1 + length / hop, powers.FrameCount);

        RealFourierTransform<double> transform = new(1024);
        double[] window = HannWindow.Periodic(1024);
        (double[] real, double[] imaginary) = (new double[513], new double[513]);
        for (int t = 0; t < powers.FrameCount; t++)
        {
            transform.Transform([.. window.Select((w, n) => w * At(t * hop + n - 512))], real, imaginary);
            for (int k = 0; k < 513; k++)
            {
                Assert.Equal(real[k] * real[k] + imaginary[k] * imaginary[k], powers[k, t], 1e-4);
            }
        }

        double At(int i) => i >= 0 && i < samples.Length ? samples[i] : 0;
    }

    [Fact]
    public void Selection_finds_what_sorting_finds()
    {
        Random random = new(1);
        for (int length = 1; length < 60; length++)
        {
            float[] values = [.. Enumerable.Range(0, length).Select(_ => (float)random.Next(20))];
            float[] sorted = [.. values.Order()];
            Assert.All(Enumerable.Range(0, length), k => Assert.Equal(sorted[k], OrderStatistic.Select([.. values], k)));
        }
    }

    private static AudioSignal Sine(int length, int sampleRate, params double[] hertz) => new(
        Enumerable.Range(0, length).Select(i => (float)hertz.Sum(f => Math.Sin(2 * Math.PI * f * i / sampleRate))).ToArray(),
        sampleRate);
}
