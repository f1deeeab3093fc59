using SerLab.Core;

namespace SerLab.Training.Trees;

/// <summary>
/// Sorts the rows of a node by their bin of one feature, rows of one bin in their old order. Its buffers are used again.
/// </summary>
internal sealed class BinSorter(BinnedMatrix bins)
{
    /// <summary>The most rows that are compared; more are counted. Chosen from trials, not sharply: see benchmarks.</summary>
    private const int MaxCompared = 20;

    private const int PositionBits = 24;

    private readonly uint[] keys = new uint[Fitting(bins.Rows)];
    private readonly uint[] sorted = new uint[bins.Rows];
    private readonly int[] starts = new int[BinnedMatrix.MaxBins + 1];

    /// <summary>The bin of a sorted key.</summary>
    public static int BinOf(uint key) => (int)(key >> PositionBits);

    /// <summary>Where in the given rows the row of a sorted key stands.</summary>
    public static int PositionOf(uint key) => (int)(key & ((1u << PositionBits) - 1));

    /// <summary>The rows as keys of bin and position, ascending; valid until the next call.</summary>
    public ReadOnlySpan<uint> Sort(ReadOnlySpan<int> rows, int feature)
    {
        Span<uint> found = keys.AsSpan(0, rows.Length);
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = ((uint)bins.Row(rows[i])[feature] << PositionBits) | (uint)i;
        }

        if (found.Length <= MaxCompared)
        {
            found.Sort();
            return found;
        }

        Array.Clear(starts);
        foreach (uint key in found)
        {
            starts[BinOf(key) + 1]++;
        }

        for (int bin = 1; bin < starts.Length; bin++)
        {
            starts[bin] += starts[bin - 1];
        }

        foreach (uint key in found)
        {
            sorted[starts[BinOf(key)]++] = key;
        }

        return sorted.AsSpan(0, found.Length);
    }

    private static int Fitting(int rows) => rows < 1 << PositionBits
        ? rows
        : throw new InvalidInputException(
            $"A classification tree takes at most {(1 << PositionBits) - 1} training rows; there are {rows}.");
}
