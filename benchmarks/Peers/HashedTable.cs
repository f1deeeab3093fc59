using SerLab.Core;

namespace SerLab.Benchmarks.Peers;

/// <summary>
/// A table that needs no file: uniform numbers of 24 bits from a hash of their place (the finaliser of MurmurHash3, Appleby
/// 2011), and a sum of products of them. A peer computes the same to the bit.
/// </summary>
internal static class HashedTable
{
    /// <summary>Makes rows and targets.</summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="width">Number of features, at least five.</param>
    public static (FeatureMatrix Rows, double[] Targets) Create(int count, int width)
    {
        FeatureMatrix rows = new([.. Enumerable.Range(0, count * width).Select(place => Uniform((uint)place))], count, width);
        double[] targets = new double[count];
        for (int i = 0; i < count; i++)
        {
            double[] x = Array.ConvertAll(rows.Row(i)[..5].ToArray(), value => (double)value);
            targets[i] = (4 * x[0] * x[1]) + (2 * x[2] * x[2]) + x[3] + x[4];
        }

        return (rows, targets);
    }

    private static float Uniform(uint h)
    {
        h = (h ^ (h >> 16)) * 0x85ebca6b;
        h = (h ^ (h >> 13)) * 0xc2b2ae35;
        return ((h ^ (h >> 16)) >> 8) / (float)(1 << 24);
    }
}
