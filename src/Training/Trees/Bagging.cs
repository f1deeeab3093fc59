using SerLab.Core;

namespace SerLab.Training.Trees;

/// <summary>Grows one tree on the rows that were drawn, each named once, with how often every row was drawn.</summary>
internal delegate TreeNodes GrowTree(ReadOnlySpan<int> rows, ReadOnlySpan<int> counts, SeededRandom random);

/// <summary>Trees on bootstrap samples (Breiman 1996).</summary>
internal static class Bagging
{
    /// <summary>
    /// Grows trees, each on as many rows as there are, drawn with replacement. A tree's random numbers follow from its own
    /// number, so threads change nothing.
    /// </summary>
    /// <param name="rowCount">Number of training rows.</param>
    /// <param name="treeCount">Number of trees.</param>
    /// <param name="threads">Threads at work at once.</param>
    /// <param name="seed">Seed of the forest.</param>
    /// <param name="createGrower">Makes what grows trees for one thread.</param>
    /// <param name="cancellationToken">Stops between two trees.</param>
    public static TreeNodes[] Grow(
        int rowCount, int treeCount, int threads, int seed, Func<GrowTree> createGrower, CancellationToken cancellationToken)
    {
        TreeNodes[] trees = new TreeNodes[treeCount];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, treeCount, parallel, createGrower, (tree, _, grow) =>
        {
            SeededRandom random = new(SeededRandom.Derive(seed, "tree", tree));
            int[] counts = new int[rowCount];
            for (int i = 0; i < rowCount; i++)
            {
                counts[random.NextInt(rowCount)]++;
            }

            int[] drawn = [.. Enumerable.Range(0, rowCount).Where(row => counts[row] > 0)];
            trees[tree] = grow(drawn, counts, random);
            return grow;
        }, _ => { });
        return trees;
    }
}
