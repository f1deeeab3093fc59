using System.Numerics.Tensors;
using SerLab.Core;

namespace SerLab.Datasets.Twins;

/// <summary>Finds the pairs of rows that lie far nearer to each other than rows do in general.</summary>
internal static class NearPairs
{
    // Rows that stay in the second-level cache while they are held against all later ones.
    private const int Block = 64;
    private const int SampledPairs = 20_000;

    /// <summary>The pairs closer than a share of the median distance between two rows.</summary>
    /// <param name="rows">Rows of one length.</param>
    /// <param name="share">The share, e.g. 0.15; where the median is 0, equal rows are pairs.</param>
    /// <param name="threads">Number of threads, at least 1; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <returns>Positions, the lower first, with the distance as a share of the median; in ascending order.</returns>
    public static IReadOnlyList<(int First, int Second, double Distance)> Of(
        float[][] rows, double share, int threads, CancellationToken cancellationToken)
    {
        if (rows.Length < 2)
        {
            return [];
        }

        float median = MedianDistance(rows);
        float limit = (float)(share * median);
        int blocks = (rows.Length + Block - 1) / Block;
        List<(int First, int Second, double Distance)>[] found =
            [.. Enumerable.Range(0, blocks).Select(_ => new List<(int, int, double)>())];
        ParallelWork.For(blocks, threads, block => Add(found[block], block), cancellationToken);
        return [.. found.SelectMany(pairs => pairs).Order()];

        void Add(List<(int First, int Second, double Distance)> pairs, int block)
        {
            int from = block * Block;
            int to = Math.Min(rows.Length, from + Block);
            for (int second = from + 1; second < rows.Length; second++)
            {
                for (int first = from; first < Math.Min(to, second); first++)
                {
                    float distance = TensorPrimitives.Distance<float>(rows[first], rows[second]);
                    if (distance <= limit)
                    {
                        pairs.Add((first, second, median > 0 ? distance / median : 0));
                    }
                }
            }
        }
    }

    // All pairs where they are few, else pairs drawn with a seed of their own: the median of so many is known within a percent.
    private static float MedianDistance(float[][] rows)
    {
        long all = (long)rows.Length * (rows.Length - 1) / 2;
        SeededRandom random = new(SeededRandom.Derive(0, "pairs"));
        float[] distances = all <= SampledPairs
            ?
            [
                .. from second in Enumerable.Range(1, rows.Length - 1)
                   from first in Enumerable.Range(0, second)
                   select TensorPrimitives.Distance<float>(rows[first], rows[second]),
            ]
            : [.. Enumerable.Range(0, SampledPairs).Select(_ => Drawn())];
        Array.Sort(distances);
        return distances[distances.Length / 2];

        float Drawn()
        {
            int first = random.NextInt(rows.Length);
            int second = random.NextInt(rows.Length - 1);
            return TensorPrimitives.Distance<float>(rows[first], rows[second < first ? second : second + 1]);
        }
    }
}
