using SerLab.Onnx;

namespace SerLab.Training.Trees;

/// <summary>Trees as ONNX's TreeEnsembleRegressor.</summary>
internal static class TreeOperators
{
    /// <summary>The sums of the leaves that a row falls into, one per tree: float32, [batch, outputs · functions].</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="rows">Float32, [batch, features].</param>
    /// <param name="trees">The trees, at least one, all with as many outputs.</param>
    /// <param name="functions">Number of sums; tree i goes into sum i modulo their number.</param>
    /// <remarks>Leaves are summed as they are and scaled afterwards, so that sums of whole numbers (votes) stay exact.</remarks>
    public static OnnxValue Sum(OnnxGraph graph, OnnxValue rows, IReadOnlyList<TreeNodes> trees, int functions = 1)
    {
        int outputs = trees[0].OutputCount;
        List<long> treeIds = [], nodeIds = [], features = [], left = [], right = [];
        List<long> targetTrees = [], targetNodes = [], targets = [];
        List<string> modes = [];
        List<float> thresholds = [], weights = [];
        for (int t = 0; t < trees.Count; t++)
        {
            TreeNodes tree = trees[t];
            for (int n = 0; n < tree.Count; n++)
            {
                bool leaf = tree.Feature[n] == TreeNodes.Leaf;
                treeIds.Add(t);
                nodeIds.Add(n);
                features.Add(leaf ? 0 : tree.Feature[n]);
                left.Add(tree.Left[n]);
                right.Add(tree.Right[n]);
                thresholds.Add(tree.Threshold[n]);
                modes.Add(leaf ? "LEAF" : "BRANCH_LEQ");
                for (int output = 0; leaf && output < outputs; output++)
                {
                    targetTrees.Add(t);
                    targetNodes.Add(n);
                    targets.Add((t % functions * outputs) + output);
                    weights.Add((float)tree.LeafValues(n)[output]);
                }
            }
        }

        return graph.ApplyMachineLearning(
            "TreeEnsembleRegressor",
            rows,
            OnnxAttribute.Of("n_targets", (long)outputs * functions),
            OnnxAttribute.Of("nodes_treeids", treeIds),
            OnnxAttribute.Of("nodes_nodeids", nodeIds),
            OnnxAttribute.Of("nodes_featureids", features),
            OnnxAttribute.Of("nodes_values", thresholds),
            OnnxAttribute.Of("nodes_modes", modes),
            OnnxAttribute.Of("nodes_truenodeids", left),
            OnnxAttribute.Of("nodes_falsenodeids", right),
            OnnxAttribute.Of("target_treeids", targetTrees),
            OnnxAttribute.Of("target_nodeids", targetNodes),
            OnnxAttribute.Of("target_ids", targets),
            OnnxAttribute.Of("target_weights", weights));
    }
}
