using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Trees;

/// <summary>A fitted classification tree or forest: probabilities are the mean of those of the trees' leaves.</summary>
/// <param name="FeatureCount">Number of features a row must have.</param>
/// <param name="ClassCount">Number of classes.</param>
/// <param name="Trees">The trees; each leaf holds one probability per class.</param>
public sealed record TreeClassificationModel(int FeatureCount, int ClassCount, IReadOnlyList<TreeNodes> Trees) : IClassificationModel
{
    /// <inheritdoc/>
    public OnnxClasses AddTo(OnnxGraph graph, OnnxValue rows)
    {
        OnnxValue sums = graph.Cast(TreeOperators.Sum(graph, rows, Trees), OnnxElement.Double);
        return ClassOperators.MostProbable(graph, graph.Divide(sums, graph.Doubles([Trees.Count])));
    }

    /// <inheritdoc/>
    public double[] PredictProbabilities(FeatureMatrix rows)
    {
        TrainingInput.CheckPrediction(rows, FeatureCount);
        double[] probabilities = new double[rows.Rows * ClassCount];
        foreach (TreeNodes tree in Trees)
        {
            for (int i = 0; i < rows.Rows; i++)
            {
                Span<double> row = probabilities.AsSpan(i * ClassCount, ClassCount);
                TensorPrimitives.Add(row, tree.LeafValues(tree.FindLeaf(rows.Row(i))), row);
            }
        }

        TensorPrimitives.Divide(probabilities, Trees.Count, probabilities);
        return probabilities;
    }

    /// <inheritdoc/>
    public int[] PredictLabels(FeatureMatrix rows) => ClassProbabilities.MostProbable(PredictProbabilities(rows), ClassCount);
}
