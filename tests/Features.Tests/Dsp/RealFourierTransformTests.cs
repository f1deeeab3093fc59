using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using SerLab.Features.Dsp;
using Xunit;

namespace SerLab.Features.Tests.Dsp;

public class RealFourierTransformTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(1024)]
    [InlineData(2048)]
    public void It_equals_the_defining_sum(int length)
    {
        double[] samples = Noise(length, seed: length);
        (double[] real, double[] imaginary) = Transform(samples);

        for (int k = 0; k <= length / 2; k++)
        {
            Complex expected = Complex.Zero;
            for (int n = 0; n < length; n++)
            {
                expected += samples[n] * Complex.FromPolarCoordinates(1, -2 * Math.PI * (k * n % length) / length);
            }

            Assert.Equal(expected.Real, real[k], 1e-11 * length);
            Assert.Equal(expected.Imaginary, imaginary[k], 1e-11 * length);
        }
    }

    [Fact]
    public void It_is_linear() => Prop.ForAll(Signals().ToArbitrary(), Signals().ToArbitrary(), (a, b) =>
    {
        double[] mixed = [.. a.Zip(b, (x, y) => 2 * x - 3 * y)];
        (double[] ar, double[] ai) = Transform(a);
        (double[] br, double[] bi) = Transform(b);
        (double[] mr, double[] mi) = Transform(mixed);
        return mr.Select((v, k) => Math.Abs(v - (2 * ar[k] - 3 * br[k]))).Max() < 1e-10
            && mi.Select((v, k) => Math.Abs(v - (2 * ai[k] - 3 * bi[k]))).Max() < 1e-10;
    }).Holds();

    [Fact]
    public void It_keeps_the_energy_as_Parseval_says() => Prop.ForAll(Signals().ToArbitrary(), samples =>
    {
        (double[] real, double[] imaginary) = Transform(samples);
        double[] powers = [.. real.Zip(imaginary, (r, i) => r * r + i * i)];
        double spectrum = (2 * powers.Sum() - powers[0] - powers[^1]) / samples.Length;
        return Math.Abs(spectrum - samples.Sum(s => s * s)) < 1e-10;
    }).Holds();

    // Two vectors of .NET are one of 512 bits where there is such; alone, a sequence fills one of .NET.
    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(1024)]
    public void A_lane_is_transformed_as_if_alone(int length)
    {
        int lanes = 2 * Vector<float>.Count;
        RealFourierTransform<float> transform = new(length);
        float[][] signals = [.. Enumerable.Range(0, lanes).Select(lane => Noise(length, lane).Select(v => (float)v).ToArray())];
        float[] frames = [.. Enumerable.Range(0, length).SelectMany(n => signals.Select(s => s[n]))];
        float[] real = new float[transform.BinCount * lanes];
        float[] imaginary = new float[transform.BinCount * lanes];
        transform.Transform(frames, real, imaginary, new float[length * lanes], lanes);

        for (int lane = 0; lane < lanes; lane++)
        {
            float[] aloneReal = new float[transform.BinCount];
            float[] aloneImaginary = new float[transform.BinCount];
            transform.Transform(signals[lane], aloneReal, aloneImaginary);
            Assert.Equal(aloneReal, Enumerable.Range(0, transform.BinCount).Select(k => real[k * lanes + lane]));
            Assert.Equal(aloneImaginary, Enumerable.Range(0, transform.BinCount).Select(k => imaginary[k * lanes + lane]));
        }
    }

    [Fact]
    public void One_plan_serves_many_threads()
    {
        RealFourierTransform<double> transform = new(512);
        double[][] results = new double[32][];
        Parallel.For(0, results.Length, i =>
        {
            results[i] = new double[transform.BinCount];
            transform.Transform(Noise(512, i % 4), results[i], new double[transform.BinCount]);
        });

        Assert.All(Enumerable.Range(4, 28), i => Assert.Equal(results[i % 4], results[i]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(1000)]
    public void A_length_that_is_no_power_of_two_or_too_short_is_refused(int length) =>
        Assert.Throws<ArgumentException>(() => new RealFourierTransform<float>(length));

    [Fact]
    public void Buffers_that_are_too_short_and_lanes_that_do_not_fill_vectors_are_refused()
    {
        RealFourierTransform<float> transform = new(8);
        Assert.Throws<ArgumentException>(() => transform.Transform(new float[7], new float[5], new float[5]));
        Assert.Throws<ArgumentException>(() =>
            transform.Transform(new float[8], new float[5], new float[5], new float[8], Vector<float>.Count + 1));
        float[] lanes = new float[8 * Vector<float>.Count];
        Assert.Throws<ArgumentException>(() =>
            transform.Transform(lanes, new float[5], new float[5], [.. lanes], Vector<float>.Count));
    }

    private static Gen<double[]> Signals() => Gen.Choose(-1000, 1000).Select(v => v / 1000.0).ArrayOf(64);

    private static double[] Noise(int length, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, length).Select(_ => 2 * random.NextDouble() - 1)];
    }

    private static (double[] Real, double[] Imaginary) Transform(double[] samples)
    {
        RealFourierTransform<double> transform = new(samples.Length);
        double[] real = new double[transform.BinCount];
        double[] imaginary = new double[transform.BinCount];
        transform.Transform(samples, real, imaginary);
        return (real, imaginary);
    }
}
