using System.Numerics;
using SerLab.Features.Dsp;
using Xunit;

namespace SerLab.Features.Tests.Dsp;

/// <summary>What one vector of 512 bits answers is what two of .NET answer, to the last bit, odd numbers included.</summary>
public class FrameDoublesTests
{
    private static readonly double[] Odd =
    [
        0, -0.0, 1, -1, double.Epsilon, 1e-310, 1e-40, 1e38, 1e300,
        double.PositiveInfinity, double.NegativeInfinity, double.NaN,
    ];

    [SkippableFact]
    public void Both_widths_give_the_same_bits()
    {
        Skip.IfNot(WideDoubles.AreSupported, "The processor has no vectors of 512 bits.");
        Random random = new(1);
        for (int round = 0; round < 1000; round++)
        {
            double[] first = Numbers(random);
            double[] second = Numbers(random);

            Assert.Equal(Answers<PairedDoubles>(first, second), Answers<WideDoubles>(first, second));
        }
    }

    [Fact]
    public void They_are_sums_products_roots_and_logarithms_frame_by_frame()
    {
        double[] first = [.. Enumerable.Range(0, Vector<float>.Count).Select(i => 1.5 + i)];
        double[] second = [.. Enumerable.Range(0, Vector<float>.Count).Select(i => 4.0)];

        Assert.Equal(first.Select(a => a + 4), Stored((PairedDoubles a, PairedDoubles b) => a + b, first, second));
        Assert.Equal(first.Select(a => a - 4), Stored((PairedDoubles a, PairedDoubles b) => a - b, first, second));
        Assert.Equal(first.Select(a => a * 4), Stored((PairedDoubles a, PairedDoubles b) => a * b, first, second));
        Assert.Equal(second.Select(_ => 2.0), Stored((PairedDoubles a, PairedDoubles b) => b.Sqrt(), first, second));
        Assert.Equal(
            first.Select(a => a > 4 ? 1.0 : 0), Stored<PairedDoubles>(PairedDoubles.OneWhereGreater, first, second));
        Assert.All(
            first.Zip(Stored((PairedDoubles a, PairedDoubles b) => a.Log(), first, second)),
            pair => Assert.Equal(Math.Log(pair.First), pair.Second, 1e-14));
        Assert.Equal(new Vector<float>([.. first.Select(a => (float)a)]), PairedDoubles.Load(first, 0).Narrow());
        Assert.True(default(PairedDoubles).AreZero);
        Assert.False(PairedDoubles.Load([.. first[1..], 0], 0).AreZero);
    }

    private static ulong[] Answers<T>(double[] first, double[] second)
        where T : struct, IFrameDoubles<T>
    {
        T a = T.Load(first, 0), b = T.Load(second, 0);
        double[] answers = new double[9 * first.Length];
        T[] all =
        [
            a + b, a - b, a * b, a.Sqrt(), a.Log(), T.OneWhereGreater(a, b), T.Widen(a.Narrow()), T.Of(first[0]),
            T.Of(a.AreZero || (a - a).AreZero ? 1 : 0),
        ];
        for (int i = 0; i < all.Length; i++)
        {
            all[i].Store(answers, i);
        }

        // One NaN is as good as another.
        return Array.ConvertAll(answers, value => BitConverter.DoubleToUInt64Bits(double.IsNaN(value) ? double.NaN : value));
    }

    private static double[] Stored<T>(Func<T, T, T> function, double[] first, double[] second)
        where T : struct, IFrameDoubles<T>
    {
        double[] answer = new double[first.Length];
        function(T.Load(first, 0), T.Load(second, 0)).Store(answer, 0);
        return answer;
    }

    private static double[] Numbers(Random random) =>
    [
        .. Enumerable.Range(0, Vector<float>.Count).Select(_ => random.Next(4) == 0
            ? Odd[random.Next(Odd.Length)]
            : (random.NextDouble() - 0.2) * Math.Pow(10, random.Next(-20, 20))),
    ];
}
