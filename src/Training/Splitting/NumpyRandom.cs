using SerLab.Core;

namespace SerLab.Training.Splitting;

/// <summary>
/// NumPy's legacy <c>RandomState</c> as far as scikit-learn's splitters use it: the Mersenne Twister MT19937 (Matsumoto and
/// Nishimura 1998) seeded by one integer, bounded integers by masked rejection, and the Fisher–Yates shuffle from the last
/// element down. With it a seed gives exactly the folds that scikit-learn gives for the same <c>random_state</c>, so published
/// splits can be repeated. Everything else in this project draws from <see cref="SeededRandom"/>.
/// </summary>
public sealed class NumpyRandom
{
    private const int StateLength = 624;
    private const int Offset = 397;
    private const uint UpperBit = 0x80000000;
    private const uint LowerBits = 0x7fffffff;
    private readonly uint[] state = new uint[StateLength];
    private int position = StateLength;

    /// <summary>Starts the generator as <c>numpy.random.RandomState(seed)</c> does.</summary>
    /// <param name="seed">Zero or more.</param>
    public NumpyRandom(int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seed);
        state[0] = (uint)seed;
        for (int i = 1; i < StateLength; i++)
        {
            state[i] = (1812433253u * (state[i - 1] ^ (state[i - 1] >> 30))) + (uint)i;
        }
    }

    /// <summary>32 random bits.</summary>
    public uint NextBits()
    {
        if (position == StateLength)
        {
            Advance();
        }

        uint y = state[position++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >> 18);
    }

    /// <summary>Uniform in 0 … <paramref name="max"/>, the maximum included (NumPy's <c>random_interval</c>).</summary>
    public int NextUpTo(int max)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        if (max == 0)
        {
            return 0;
        }

        uint mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount((uint)max);
        uint value;
        do
        {
            value = NextBits() & mask;
        }
        while (value > (uint)max);
        return (int)value;
    }

    /// <summary>Shuffles in place as <c>RandomState.shuffle</c> does.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextUpTo(i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>0 … <paramref name="count"/> − 1 in random order, as <c>RandomState.permutation</c> gives it.</summary>
    public int[] Permutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        Shuffle<int>(order);
        return order;
    }

    private void Advance()
    {
        for (int i = 0; i < StateLength; i++)
        {
            uint y = (state[i] & UpperBit) | (state[(i + 1) % StateLength] & LowerBits);
            state[i] = state[(i + Offset) % StateLength] ^ (y >> 1) ^ ((y & 1) * 0x9908b0dfu);
        }

        position = 0;
    }
}
