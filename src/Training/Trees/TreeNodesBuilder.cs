namespace SerLab.Training.Trees;

/// <summary>A tree while it grows.</summary>
internal sealed class TreeNodesBuilder(int outputCount)
{
    private readonly List<int> feature = [];
    private readonly List<float> threshold = [];
    private readonly List<int> left = [];
    private readonly List<int> right = [];
    private readonly List<double> values = [];

    /// <summary>Adds a leaf without values and returns its number.</summary>
    public int AddLeaf()
    {
        feature.Add(TreeNodes.Leaf);
        threshold.Add(0);
        left.Add(0);
        right.Add(0);
        System.Runtime.InteropServices.CollectionsMarshal.SetCount(values, values.Count + outputCount);
        LeafValues(feature.Count - 1).Clear();
        return feature.Count - 1;
    }

    /// <summary>The values of a leaf, to be written.</summary>
    public Span<double> LeafValues(int leaf) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values).Slice(leaf * outputCount, outputCount);

    /// <summary>Turns a leaf into an inner node with two new leaves.</summary>
    public (int Left, int Right) Divide(int node, int splitFeature, float splitThreshold)
    {
        feature[node] = splitFeature;
        threshold[node] = splitThreshold;
        left[node] = AddLeaf();
        right[node] = AddLeaf();
        return (left[node], right[node]);
    }

    /// <summary>The grown tree.</summary>
    public TreeNodes Build() => new([.. feature], [.. threshold], [.. left], [.. right], [.. values], outputCount);
}
