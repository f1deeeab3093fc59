using Xunit;

namespace SerLab.Core.Tests;

public sealed class SeededRandomTests
{
    /// <summary>
    /// From an implementation in Python that also gives the published values of SplitMix64 (seed 1234567: 6457827717110365317 …)
    /// and xoshiro256** (state 1, 2, 3, 4: 11520, 0, 1509978240 …).
    /// </summary>
    [Theory]
    [InlineData(0, 11091344671253066420, 13793997310169335082, 1900383378846508768)]
    [InlineData(1, 12966619160104079557, 9600361134598540522, 10590380919521690900)]
    [InlineData(-7, 17511466064979161794, 15461944981646629852, 8317729841091847865)]
    public void Bits_are_those_of_xoshiro256(long seed, ulong first, ulong second, ulong third)
    {
        SeededRandom random = new(seed);

        Assert.Equal([first, second, third], new[] { random.NextBits(), random.NextBits(), random.NextBits() });
    }

    [Fact]
    public void Derived_seeds_stay_what_they_are()
    {
        Assert.Equal(446275401, SeededRandom.Derive(1, "fold", 3));
        Assert.Equal(1401122455, SeededRandom.Derive(0, ""));
        Assert.Equal(1125091349, SeededRandom.Derive(42, "ä"));
    }

    [Fact]
    public void Parts_and_indices_get_seeds_of_their_own()
    {
        int[] seeds = [.. from part in new[] { "fold", "folds", "search" }
                          from index in Enumerable.Range(0, 100)
                          select SeededRandom.Derive(1, part, index)];

        Assert.Equal(seeds.Length, seeds.Distinct().Count());
        Assert.All(seeds, seed => Assert.True(seed >= 0));
    }

    [Fact]
    public void Doubles_are_uniform_in_their_range()
    {
        SeededRandom random = new(2);
        double[] values = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextDouble(-1, 3))];

        Assert.All(values, value => Assert.InRange(value, -1, 3));
        Assert.Equal(1, values.Average(), 0.02);
        Assert.Equal(16.0 / 12, values.Average(value => (value - 1) * (value - 1)), 0.02);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public void Integers_are_equally_frequent(int bound)
    {
        SeededRandom random = new(3);
        int[] counts = new int[bound];
        for (int i = 0; i < 60_000; i++)
        {
            counts[random.NextInt(bound)]++;
        }

        Assert.All(counts, count => Assert.Equal(60_000.0 / bound, count, 60_000.0 / bound * 0.05));
    }

    [Fact]
    public void A_bound_below_one_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeededRandom(1).NextInt(0));

    [Fact]
    public void Gaussians_have_mean_zero_and_variance_one()
    {
        SeededRandom random = new(4);
        double[] values = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextGaussian())];

        Assert.All(values, value => Assert.True(double.IsFinite(value)));
        Assert.Equal(0, values.Average(), 0.01);
        Assert.Equal(1, values.Average(value => value * value), 0.02);
        Assert.Equal(0.6827, values.Count(value => Math.Abs(value) < 1) / 100_000.0, 0.01);
    }

    [Fact]
    public void Every_order_is_equally_likely()
    {
        SeededRandom random = new(5);
        Dictionary<string, int> counts = [];
        for (int i = 0; i < 24_000; i++)
        {
            char[] letters = ['a', 'b', 'c', 'd'];
            random.Shuffle<char>(letters);
            string order = new(letters);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(24, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 850, 1150));
    }
}
