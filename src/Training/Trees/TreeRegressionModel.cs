using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Trees;

/// <summary>
/// A fitted tree, forest or boosted sum of trees: prediction = baseline + scale · Σ (the leaf of each tree).
/// </summary>
/// <param name="FeatureCount">Number of features a row must have.</param>
/// <param name="Trees">The trees.</param>
/// <param name="Baseline">What is predicted before any tree: the mean target in boosting, else 0.</param>
/// <param name="Scale">The weight of each tree: 1 for a tree, 1 / trees for a forest, the learning rate in boosting.</param>
public sealed record TreeRegressionModel(int FeatureCount, IReadOnlyList<TreeNodes> Trees, double Baseline, double Scale)
    : IRegressionModel
{
    /// <inheritdoc/>
    public OnnxValue AddTo(OnnxGraph graph, OnnxValue rows)
    {
        OnnxValue sums = graph.Cast(TreeOperators.Sum(graph, rows, Trees), OnnxElement.Double);
        OnnxValue scaled = graph.Multiply(sums, graph.Doubles([Scale]));
        return graph.Cast(graph.Add(scaled, graph.Doubles([Baseline])), OnnxElement.Float);
    }

    /// <inheritdoc/>
    public double[] Predict(FeatureMatrix rows)
    {
        TrainingInput.CheckPrediction(rows, FeatureCount);
        double[] predictions = new double[rows.Rows];
        foreach (TreeNodes tree in Trees)
        {
            for (int i = 0; i < predictions.Length; i++)
            {
                predictions[i] += tree.LeafValues(tree.FindLeaf(rows.Row(i)))[0];
            }
        }

        for (int i = 0; i < predictions.Length; i++)
        {
            predictions[i] = Baseline + (Scale * predictions[i]);
        }

        return predictions;
    }
}
