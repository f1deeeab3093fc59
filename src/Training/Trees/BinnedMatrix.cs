using SerLab.Core;

namespace SerLab.Training.Trees;

/// <summary>
/// Features as bytes: the values of every feature sorted into at most 256 bins of about equal counts, one bin per value where
/// there are no more than 256 different ones. Trees look for splits among bins (as LightGBM, Ke et al. 2017) and then place the
/// threshold between the values themselves.
/// </summary>
internal sealed class BinnedMatrix
{
    /// <summary>The most bins a feature can have.</summary>
    public const int MaxBins = 256;

    // Features that are read row by row at once: as many as a line of the cache holds.
    private const int Together = 16;

    private readonly byte[] codes;

    /// <summary>Sorts every feature into bins.</summary>
    public BinnedMatrix(FeatureMatrix rows)
    {
        Raw = rows;
        codes = new byte[rows.Rows * rows.Columns];
        float[][] values = [.. Enumerable.Range(0, Math.Min(Together, rows.Columns)).Select(_ => new float[rows.Rows])];
        float[] upperEdges = new float[MaxBins - 1];
        FloatSorter sorter = new(rows.Rows);
        for (int first = 0; first < rows.Columns; first += Together)
        {
            int width = Math.Min(Together, rows.Columns - first);
            for (int i = 0; i < rows.Rows; i++)
            {
                ReadOnlySpan<float> row = rows.Row(i).Slice(first, width);
                for (int j = 0; j < row.Length; j++)
                {
                    values[j][i] = row[j];
                }
            }

            for (int j = 0; j < width; j++)
            {
                int edges = Edges(sorter.Sort(values[j]), upperEdges);
                BinCount = Math.Max(BinCount, edges + 1);
                for (int i = 0; i < rows.Rows; i++)
                {
                    codes[(i * rows.Columns) + first + j] = (byte)BinOf(values[j][i], upperEdges.AsSpan(0, edges));
                }
            }
        }
    }

    /// <summary>The features themselves.</summary>
    public FeatureMatrix Raw { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => Raw.Rows;

    /// <summary>Number of features.</summary>
    public int Features => Raw.Columns;

    /// <summary>The bins that the feature with the most bins has.</summary>
    public int BinCount { get; }

    /// <summary>The bins of one row, one per feature; a lower bin means a lower value.</summary>
    public ReadOnlySpan<byte> Row(int row) => codes.AsSpan(row * Features, Features);

    /// <summary>How many features a part of them is, rounded down as scikit-learn does, at least one.</summary>
    public int Part(double part) => Math.Max(1, (int)(part * Features));

    /// <summary>
    /// A number between two values of a feature, at least the lower and below the upper, near their middle: where a split
    /// belongs.
    /// </summary>
    public static float Between(float lower, float upper)
    {
        float middle = (float)(((double)lower + upper) / 2);
        return middle < upper ? middle : lower;
    }

    /// <summary>Writes the largest value of every bin but the last, ascending, and returns their number.</summary>
    private static int Edges(ReadOnlySpan<float> sorted, Span<float> edges)
    {
        int distinct = 1;
        for (int i = 1; i < sorted.Length; i++)
        {
            distinct += sorted[i] > sorted[i - 1] ? 1 : 0;
        }

        // A bin closes at a change of value once it and those before hold their share of the rows.
        int count = 0;
        for (int i = 1; i < sorted.Length && count < edges.Length; i++)
        {
            bool full = distinct <= MaxBins || (long)i * MaxBins >= (long)(count + 1) * sorted.Length;
            if (sorted[i] > sorted[i - 1] && full)
            {
                edges[count++] = sorted[i - 1];
            }
        }

        return count;
    }

    // Halves the edges without a branch, for nobody could predict where it goes.
    private static int BinOf(float value, ReadOnlySpan<float> upperEdges)
    {
        int low = 0;
        for (int rest = upperEdges.Length; rest > 0;)
        {
            int half = (rest + 1) / 2;
            low += half * (upperEdges[low + half - 1] < value ? 1 : 0);
            rest -= half;
        }

        return low;
    }
}
