using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Trees;

/// <summary>
/// A fitted tree, forest or boosted sum of trees of ratings: prediction = baseline + scale · Σ (the leaf of each tree).
/// </summary>
/// <param name="FeatureCount">Number of features a row must have.</param>
/// <param name="Trees">The trees.</param>
/// <param name="Baseline">What is predicted before any tree: the mean target in boosting, else 0.</param>
/// <param name="Scale">The weight of each tree: 1 for a tree, 1 / trees for a forest, the learning rate in boosting.</param>
internal sealed record TreeRegressionModel(int FeatureCount, IReadOnlyList<TreeNodes> Trees, double Baseline, double Scale)
    : IRowModel
{
    /// <inheritdoc/>
    public int ClassCount => 0;

    /// <inheritdoc/>
    public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input)
    {
        OnnxValue sums = graph.Cast(TreeOperators.Sum(graph, input, Trees), OnnxElement.Double);
        OnnxValue scaled = graph.Multiply(sums, graph.Doubles([Scale]));
        return OnnxPredictions.Ratings(graph.Cast(graph.Add(scaled, graph.Doubles([Baseline])), OnnxElement.Float));
    }

    /// <inheritdoc/>
    public Predictions Predict(Examples examples)
    {
        double[] predictions = LeafSums.Of(Trees, TrainingInput.CheckPrediction(examples, FeatureCount));
        for (int i = 0; i < predictions.Length; i++)
        {
            predictions[i] = Baseline + (Scale * predictions[i]);
        }

        return Predictions.OfRatings(predictions);
    }
}
