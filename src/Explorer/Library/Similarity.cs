using System.Numerics;
using System.Runtime.InteropServices;

namespace SerLab.Explorer.Library;

/// <summary>
/// Which sounds are like another: the nearest by Euclidean distance where every feature has mean 0 and deviation 1 over the
/// library. Features are kept to one byte, a sixteenth of a deviation, eight deviations at most; all are compared, since a
/// hundred thousand rows take milliseconds. Thread-safe.
/// </summary>
internal sealed class Similarity(KeptFeatures features)
{
    /// <summary>Deviations per step.</summary>
    public const double Step = 8.0 / 127;

    private const int BlockRows = 1024;

    private readonly Lock building = new();
    private float[] mean = [];
    private float[] perStep = [];
    private sbyte[] codes = [];
    private int scaled;
    private int coded;

    /// <summary>Number of features.</summary>
    public int Columns => features.Columns;

    /// <summary>The nearest of some sounds.</summary>
    /// <param name="of">The sound, which is left out.</param>
    /// <param name="among">Sounds; those without features are passed over.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>Nearest first, with their distances; equal ones in the order given.</returns>
    public IReadOnlyList<(int Id, double Distance)> Nearest(SoundRow of, IReadOnlyList<SoundRow> among, int count)
    {
        ReadOnlySpan<sbyte> all = Codes();
        if (of.FeatureRow < 0 || count < 1)
        {
            return [];
        }

        ReadOnlySpan<sbyte> centre = Code(all, of.FeatureRow);

        // The farthest of the best so far is the first to go.
        PriorityQueue<int, (int, int)> best = new();
        for (int i = 0; i < among.Count; i++)
        {
            if (among[i].FeatureRow >= 0 && among[i].Id != of.Id)
            {
                (int, int) rank = (-SquaredDistance(centre, Code(all, among[i].FeatureRow)), -i);
                if (best.Count < count)
                {
                    best.Enqueue(among[i].Id, rank);
                }
                else
                {
                    best.EnqueueDequeue(among[i].Id, rank);
                }
            }
        }

        List<(int, double)> found = [];
        while (best.TryDequeue(out int id, out (int Squared, int) rank))
        {
            found.Add((id, Math.Sqrt(-rank.Squared) * Step));
        }

        found.Reverse();
        return found;
    }

    /// <summary>The bytes of some sounds, one after the other; zeros where one has no features.</summary>
    public byte[] CodesOf(IReadOnlyList<SoundRow> rows)
    {
        ReadOnlySpan<sbyte> all = Codes();
        byte[] result = new byte[(long)rows.Count * Columns];
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].FeatureRow >= 0)
            {
                MemoryMarshal.AsBytes(Code(all, rows[i].FeatureRow)).CopyTo(result.AsSpan(i * Columns));
            }
        }

        return result;
    }

    /// <summary>The squared distance between two rows, in steps.</summary>
    internal static int SquaredDistance(ReadOnlySpan<sbyte> first, ReadOnlySpan<sbyte> second)
    {
        // Differences fit 16 bits, their squares do not: products are summed in 32.
        int i = 0;
        Vector<int> sums = Vector<int>.Zero;
        for (; i <= first.Length - Vector<sbyte>.Count; i += Vector<sbyte>.Count)
        {
            Vector.Widen(new Vector<sbyte>(first[i..]), out Vector<short> a, out Vector<short> b);
            Vector.Widen(new Vector<sbyte>(second[i..]), out Vector<short> c, out Vector<short> d);
            sums += Squares(a - c) + Squares(b - d);
        }

        int sum = Vector.Sum(sums);
        for (; i < first.Length; i++)
        {
            int difference = first[i] - second[i];
            sum += difference * difference;
        }

        return sum;
    }

    private static Vector<int> Squares(Vector<short> values)
    {
        Vector.Widen(values, out Vector<int> low, out Vector<int> high);
        return (low * low) + (high * high);
    }

    private ReadOnlySpan<sbyte> Code(ReadOnlySpan<sbyte> all, int row) => all.Slice(row * Columns, Columns);

    // Means and deviations are those of the library when it was a quarter smaller at most: it need not stand still.
    private ReadOnlySpan<sbyte> Codes()
    {
        lock (building)
        {
            int rows = features.Count;
            if (rows > scaled + (scaled / 4))
            {
                Scale(rows);
                (scaled, coded) = (rows, 0);
            }

            if (codes.Length < rows * Columns)
            {
                Array.Resize(ref codes, (rows + (rows / 4)) * Columns);
            }

            float[] block = new float[BlockRows * Columns];
            while (coded < rows)
            {
                int some = Math.Min(BlockRows, rows - coded);
                features.Read(coded, block.AsSpan(0, some * Columns));
                for (int i = 0; i < some * Columns; i++)
                {
                    float steps = (block[i] - mean[i % Columns]) * perStep[i % Columns];
                    codes[(coded * Columns) + i] = (sbyte)Math.Clamp(MathF.Round(steps), -127, 127);
                }

                coded += some;
            }

            return codes;
        }
    }

    private void Scale(int rows)
    {
        double[] sum = new double[Columns], squares = new double[Columns];
        float[] block = new float[BlockRows * Columns];
        float[] origin = new float[Columns];
        features.Read(0, origin);
        for (int start = 0; start < rows; start += BlockRows)
        {
            int some = Math.Min(BlockRows, rows - start);
            features.Read(start, block.AsSpan(0, some * Columns));
            for (int i = 0; i < some * Columns; i++)
            {
                // From the first row, so that large values with a small spread keep their digits.
                double value = (double)block[i] - origin[i % Columns];
                sum[i % Columns] += value;
                squares[i % Columns] += value * value;
            }
        }

        mean = [.. sum.Select((total, k) => (float)(origin[k] + (total / rows)))];
        perStep =
        [
            .. sum.Select((total, k) =>
            {
                double variance = (squares[k] / rows) - (total / rows * (total / rows));
                return variance > 0 ? (float)(1 / (Math.Sqrt(variance) * Step)) : 0;
            }),
        ];
    }
}
