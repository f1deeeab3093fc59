namespace SerLab.Training.Trees;

/// <summary>
/// Sorts floats by counting their bits, eleven at a time from the lowest (radix sort), which of many takes a fraction of the time
/// of comparing them; few are compared. Its buffers are used again.
/// </summary>
/// <param name="count">The number of values of every sort.</param>
internal sealed class FloatSorter(int count)
{
    // Where counting begins to pay.
    private const int MaxCompared = 2000;
    private const int Passes = 3;
    private const int Bits = 11;
    private const int Digits = 1 << Bits;

    private readonly float[] sorted = new float[count];
    private readonly uint[] keys = new uint[count > MaxCompared ? count : 0];
    private readonly uint[] moved = new uint[count > MaxCompared ? count : 0];
    private readonly int[] starts = new int[Digits];

    /// <summary>The values in ascending order; valid until the next call.</summary>
    /// <param name="values">As many as were announced, all finite.</param>
    public ReadOnlySpan<float> Sort(ReadOnlySpan<float> values)
    {
        values.CopyTo(sorted);
        if (count <= MaxCompared)
        {
            Array.Sort(sorted);
            return sorted;
        }

        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = KeyOf(sorted[i]);
        }

        (uint[] from, uint[] to) = (keys, moved);
        for (int pass = 0; pass < Passes; pass++)
        {
            Move(from, to, pass * Bits);
            (from, to) = (to, from);
        }

        for (int i = 0; i < from.Length; i++)
        {
            sorted[i] = ValueOf(from[i]);
        }

        return sorted;
    }

    // Ascends with the value: of negative numbers all bits are turned, of others the sign.
    private static uint KeyOf(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return bits ^ ((uint)((int)bits >> 31) | 0x8000_0000);
    }

    private static float ValueOf(uint key) =>
        BitConverter.UInt32BitsToSingle(key ^ (~(uint)((int)key >> 31) | 0x8000_0000));

    private void Move(uint[] from, uint[] to, int shift)
    {
        Array.Clear(starts);
        foreach (uint key in from)
        {
            starts[(key >> shift) & (Digits - 1)]++;
        }

        int start = 0;
        for (int digit = 0; digit < starts.Length; digit++)
        {
            (starts[digit], start) = (start, start + starts[digit]);
        }

        foreach (uint key in from)
        {
            to[starts[(key >> shift) & (Digits - 1)]++] = key;
        }
    }
}
