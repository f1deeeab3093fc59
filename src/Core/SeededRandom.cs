using System.Numerics;
using System.Text;

namespace SerLab.Core;

/// <summary>
/// The random numbers behind every seeded result: xoshiro256** (Blackman and Vigna 2018), seeded through SplitMix64. It is
/// implemented here, not taken from the runtime, so that the same seed gives the same bytes in every .NET version. Not
/// thread-safe: give each parallel task its own generator by <see cref="Derive"/>.
/// </summary>
public sealed class SeededRandom
{
    private ulong s0, s1, s2, s3;

    /// <summary>Starts a generator; equal seeds give equal sequences.</summary>
    public SeededRandom(long seed)
    {
        ulong state = (ulong)seed;
        s0 = SplitMix(ref state);
        s1 = SplitMix(ref state);
        s2 = SplitMix(ref state);
        s3 = SplitMix(ref state);
    }

    /// <summary>
    /// A seed for one named part of a computation, e.g. <c>Derive(seed, "fold", 3)</c>: parts get independent sequences that
    /// depend on nothing but the names, so results do not depend on the order in which parts run.
    /// </summary>
    public static int Derive(long seed, string part, int index = 0)
    {
        ulong state = (ulong)seed;
        ulong hash = SplitMix(ref state);
        foreach (byte b in Encoding.UTF8.GetBytes(part))
        {
            state = hash ^ b;
            hash = SplitMix(ref state);
        }

        state = hash ^ (uint)index;
        return (int)(SplitMix(ref state) >> 33);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        ulong t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), 53 random bits.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [low, high).</summary>
    public double NextDouble(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>Uniform integer in [0, bound), unbiased (Lemire 2019).</summary>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        ulong range = (ulong)bound;
        ulong high = Math.BigMul(NextBits(), range, out ulong low);
        if (low < range)
        {
            ulong threshold = (0 - range) % range;
            while (low < threshold)
            {
                high = Math.BigMul(NextBits(), range, out low);
            }
        }

        return (int)high;
    }

    /// <summary>Standard normal (Box and Muller 1958; one of the pair is used, so a draw always takes two uniforms).</summary>
    public double NextGaussian() =>
        Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>Shuffles in place, every order equally likely (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
