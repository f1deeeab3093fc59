using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Trees;

/// <summary>A fitted tree or forest of classes: probabilities are the mean of those of the trees' leaves.</summary>
/// <param name="FeatureCount">Number of features a row must have.</param>
/// <param name="ClassCount">Number of classes.</param>
/// <param name="Trees">The trees; each leaf holds one probability per class.</param>
internal sealed record TreeClassificationModel(int FeatureCount, int ClassCount, IReadOnlyList<TreeNodes> Trees) : IRowModel
{
    /// <inheritdoc/>
    public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input)
    {
        OnnxValue sums = graph.Cast(TreeOperators.Sum(graph, input, Trees), OnnxElement.Double);
        return ClassOperators.MostProbable(graph, graph.Divide(sums, graph.Doubles([Trees.Count])));
    }

    /// <inheritdoc/>
    public Predictions Predict(Examples examples)
    {
        double[] probabilities = LeafSums.Of(Trees, TrainingInput.CheckPrediction(examples, FeatureCount));
        TensorPrimitives.Divide(probabilities, Trees.Count, probabilities);
        return Predictions.OfClasses(probabilities, ClassCount);
    }
}
