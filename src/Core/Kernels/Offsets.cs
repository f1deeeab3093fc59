namespace SerLab.Core.Kernels;

/// <summary>A list of places in a buffer, with what a bounds check needs: its largest.</summary>
internal sealed class Offsets
{
    private readonly int[] values;

    // Largest value among the first n, so that a prefix is checked without a look at its elements.
    private readonly int[] largest;

    /// <summary>Takes a list of places, none negative.</summary>
    public Offsets(IEnumerable<int> places)
    {
        values = [.. places];
        largest = new int[values.Length + 1];
        for (int i = 0; i < values.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(values[i]);
            largest[i + 1] = Math.Max(largest[i], values[i]);
        }
    }

    /// <summary>Number of places.</summary>
    public int Count => values.Length;

    /// <summary>The places.</summary>
    public ReadOnlySpan<int> Values => values;

    /// <summary>0, step, 2 step …</summary>
    public static Offsets Regular(int count, int step) => new(Enumerable.Range(0, count).Select(i => i * step));

    /// <summary>Largest of the first <paramref name="count"/> places; 0 for none.</summary>
    public int Largest(int count) => largest[count];
}
