using SerLab.Core;

namespace SerLab.TestSupport;

/// <summary>Small generated training tables.</summary>
public static class RandomTables
{
    /// <summary>Standard normal features.</summary>
    public static FeatureMatrix Gaussian(int rows, int columns, int seed)
    {
        SeededRandom random = new(seed);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)random.NextGaussian();
        }

        return new FeatureMatrix(values, rows, columns);
    }

    /// <summary>A smooth function of the first three features plus a little noise.</summary>
    public static double[] SmoothTargets(FeatureMatrix rows, int seed)
    {
        SeededRandom random = new(seed);
        double[] targets = new double[rows.Rows];
        for (int i = 0; i < targets.Length; i++)
        {
            ReadOnlySpan<float> row = rows.Row(i);
            double first = row[0], second = row[1 % row.Length], third = row[2 % row.Length];
            targets[i] = first + Math.Sin(2 * second) + (first * third / 2) + (0.1 * random.NextGaussian());
        }

        return targets;
    }

    /// <summary>Classes by equal slices of the smooth targets.</summary>
    public static int[] SmoothLabels(FeatureMatrix rows, int classCount, int seed)
    {
        double[] targets = SmoothTargets(rows, seed);
        double[] sorted = [.. targets.Order()];
        return Array.ConvertAll(targets, t => Array.BinarySearch(sorted, t) * classCount / targets.Length);
    }

    /// <summary>All rows but in another order.</summary>
    public static int[] Shuffled(int count, int seed)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new SeededRandom(seed).Shuffle<int>(order);
        return order;
    }
}
