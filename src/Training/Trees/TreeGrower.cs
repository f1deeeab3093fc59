using SerLab.Core;

namespace SerLab.Training.Trees;

/// <summary>
/// Grows one tree after another on the same rows, depth first (CART, Breiman et al. 1984). Not thread-safe: its buffers are used
/// again for every tree.
/// </summary>
internal sealed class TreeGrower(BinnedMatrix bins, ISplitSearch search, int? maxDepth)
{
    private readonly int[] rows = new int[bins.Rows];
    private readonly int[] rightRows = new int[bins.Rows];
    private readonly Stack<PendingNode> pending = new();

    /// <summary>
    /// Grows a tree on the given rows, each named once. <paramref name="leaves"/>, if not empty, receives for every row of the
    /// matrix that was named the number of its leaf.
    /// </summary>
    public TreeNodes Grow(ReadOnlySpan<int> trainingRows, SeededRandom random, Span<int> leaves = default)
    {
        TreeNodesBuilder nodes = new(search.OutputCount);
        trainingRows.CopyTo(rows);
        pending.Push(new PendingNode(nodes.AddLeaf(), 0, trainingRows.Length, 0, ISplitSearch.NoStatistics));
        while (pending.TryPop(out PendingNode node))
        {
            if (!TryDivide(node, nodes, random))
            {
                Finish(node, nodes, leaves);
            }
        }

        return nodes.Build();
    }

    private bool TryDivide(PendingNode node, TreeNodesBuilder nodes, SeededRandom random)
    {
        Span<int> here = rows.AsSpan(node.Start, node.Count);
        int statistics = node.Statistics;
        if (node.Depth >= maxDepth || search.IsPure(here) || search.Find(here, ref statistics, random) is not { } split)
        {
            search.Release(statistics);
            return false;
        }

        int leftCount = Partition(here, split, out float threshold);
        (int left, int right) = nodes.Divide(node.Number, split.Feature, threshold);
        int depth = node.Depth + 1;
        int leftStatistics = ISplitSearch.NoStatistics;
        int rightStatistics = ISplitSearch.NoStatistics;
        if (depth == maxDepth)
        {
            search.Release(statistics);
        }
        else
        {
            (leftStatistics, rightStatistics) = search.Inherit(statistics, here[..leftCount], here[leftCount..]);
        }

        PendingNode leftNode = new(left, node.Start, leftCount, depth, leftStatistics);
        PendingNode rightNode = new(right, node.Start + leftCount, node.Count - leftCount, depth, rightStatistics);

        // The smaller child goes first: then no more than log2(rows) nodes wait with their statistics.
        bool leftFirst = leftNode.Count <= rightNode.Count;
        pending.Push(leftFirst ? rightNode : leftNode);
        pending.Push(leftFirst ? leftNode : rightNode);
        return true;
    }

    /// <summary>
    /// Moves the rows that go right behind those that go left, both in their old order, and finds the threshold.
    /// </summary>
    private int Partition(Span<int> here, Split split, out float threshold)
    {
        FeatureMatrix raw = bins.Raw;
        float highestLeft = float.NegativeInfinity;
        float lowestRight = float.PositiveInfinity;
        int nearestLeft = 0;
        int nearestRight = BinnedMatrix.MaxBins;
        int leftCount = 0;
        int rightCount = 0;
        foreach (int row in here)
        {
            // A higher bin means a higher value, so the values themselves are read only in the bins nearest to the split.
            int bin = bins.Row(row)[split.Feature];
            if (bin <= split.Bin)
            {
                here[leftCount++] = row;
                if (bin >= nearestLeft)
                {
                    (nearestLeft, highestLeft) = (bin, Math.Max(highestLeft, raw[row, split.Feature]));
                }
            }
            else
            {
                rightRows[rightCount++] = row;
                if (bin <= nearestRight)
                {
                    (nearestRight, lowestRight) = (bin, Math.Min(lowestRight, raw[row, split.Feature]));
                }
            }
        }

        rightRows.AsSpan(0, rightCount).CopyTo(here[leftCount..]);
        threshold = BinnedMatrix.Between(highestLeft, lowestRight);
        return leftCount;
    }

    private void Finish(PendingNode node, TreeNodesBuilder nodes, Span<int> leaves)
    {
        ReadOnlySpan<int> here = rows.AsSpan(node.Start, node.Count);
        search.WriteLeaf(here, nodes.LeafValues(node.Number));
        if (leaves.Length > 0)
        {
            foreach (int row in here)
            {
                leaves[row] = node.Number;
            }
        }
    }

    private readonly record struct PendingNode(int Number, int Start, int Count, int Depth, int Statistics);
}
