using SerLab.Core;

namespace SerLab.Training.Trees;

/// <summary>Chooses the features that a split may look at: all of them, or at every node a new random part.</summary>
internal sealed class FeatureSampler(int featureCount, int featuresPerSplit)
{
    private readonly int[] order = [.. Enumerable.Range(0, featureCount)];
    private int drawn;

    /// <summary>Whether every split looks at all features.</summary>
    public bool TakesAll => featuresPerSplit == featureCount;

    /// <summary>All features; in ascending order where every split looks at all.</summary>
    public ReadOnlySpan<int> All => order;

    /// <summary>Forgets all draws, so that the next tree depends on its own random numbers only.</summary>
    public void Reset()
    {
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }
    }

    /// <summary>Starts a node: no feature is drawn yet.</summary>
    public void StartNode() => drawn = 0;

    /// <summary>The next part of the features, or false when the node has seen them all.</summary>
    public bool TryNext(SeededRandom random, out ReadOnlySpan<int> features)
    {
        int start = drawn;
        drawn = Math.Min(drawn + featuresPerSplit, order.Length);
        for (int i = start; !TakesAll && i < drawn; i++)
        {
            int j = i + random.NextInt(order.Length - i);
            (order[i], order[j]) = (order[j], order[i]);
        }

        features = order.AsSpan(start, drawn - start);
        return features.Length > 0;
    }
}
