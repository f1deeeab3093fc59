namespace SerLab.Training.Trees;

/// <summary>
/// A decision tree as flat arrays, one entry per node; node 0 is the root and a parent comes before its children. At an inner
/// node a row goes left when its feature is at most the threshold, compared in float32 as ONNX's TreeEnsemble does (BRANCH_LEQ).
/// </summary>
internal sealed class TreeNodes
{
    /// <summary>What <see cref="Feature"/> holds at a leaf.</summary>
    public const int Leaf = -1;

    private readonly int[] feature;
    private readonly float[] threshold;
    private readonly int[] left;
    private readonly int[] right;
    private readonly double[] values;

    public TreeNodes(int[] feature, float[] threshold, int[] left, int[] right, double[] values, int outputCount)
    {
        this.feature = feature;
        this.threshold = threshold;
        this.left = left;
        this.right = right;
        this.values = values;
        OutputCount = outputCount;
    }

    /// <summary>Number of nodes, inner ones and leaves.</summary>
    public int Count => feature.Length;

    /// <summary>Numbers per leaf: 1 in a regression tree, one probability per class in a classification tree.</summary>
    public int OutputCount { get; }

    /// <summary>The feature that a node looks at, or <see cref="Leaf"/>.</summary>
    public ReadOnlySpan<int> Feature => feature;

    /// <summary>A row whose feature is at most this goes left; 0 at a leaf.</summary>
    public ReadOnlySpan<float> Threshold => threshold;

    /// <summary>The left child; 0 at a leaf.</summary>
    public ReadOnlySpan<int> Left => left;

    /// <summary>The right child; 0 at a leaf.</summary>
    public ReadOnlySpan<int> Right => right;

    /// <summary>Nodes × <see cref="OutputCount"/>, row-major; zeros at inner nodes.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>The leaf that a row of features falls into.</summary>
    public int FindLeaf(ReadOnlySpan<float> row)
    {
        int node = 0;
        while (feature[node] >= 0)
        {
            node = row[feature[node]] <= threshold[node] ? left[node] : right[node];
        }

        return node;
    }

    /// <summary>The numbers of a leaf.</summary>
    public ReadOnlySpan<double> LeafValues(int leaf) => values.AsSpan(leaf * OutputCount, OutputCount);

    /// <summary>The same splits with other numbers in the leaves.</summary>
    public TreeNodes WithValues(double[] newValues) => new(feature, threshold, left, right, newValues, OutputCount);

    /// <summary>The longest way from the root to a leaf, in steps.</summary>
    public int Depth()
    {
        int[] depth = new int[Count];
        for (int i = 0; i < Count; i++)
        {
            if (feature[i] != Leaf)
            {
                depth[left[i]] = depth[right[i]] = depth[i] + 1;
            }
        }

        return depth.Max();
    }
}
