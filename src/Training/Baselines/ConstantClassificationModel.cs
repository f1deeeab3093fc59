using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Baselines;

/// <summary>A model that gives every row the same probabilities and the class of the highest.</summary>
public sealed class ConstantClassificationModel : IClassificationModel
{
    private readonly double[] probabilities;

    /// <summary>Creates the model; the caller gives up writing to the probabilities.</summary>
    /// <param name="featureCount">Number of features a row must have.</param>
    /// <param name="probabilities">One per class, summing to 1.</param>
    public ConstantClassificationModel(int featureCount, double[] probabilities)
    {
        FeatureCount = featureCount;
        this.probabilities = probabilities;
    }

    /// <summary>One probability per class.</summary>
    public ReadOnlySpan<double> Probabilities => probabilities;

    /// <inheritdoc/>
    public int FeatureCount { get; }

    /// <inheritdoc/>
    public int ClassCount => probabilities.Length;

    /// <inheritdoc/>
    public OnnxClasses AddTo(OnnxGraph graph, OnnxValue rows) => OnnxClasses.MostProbable(
        graph, graph.Same(rows, FeatureCount, Array.ConvertAll(probabilities, probability => (float)probability)));

    /// <inheritdoc/>
    public double[] PredictProbabilities(FeatureMatrix rows)
    {
        TrainingInput.CheckPrediction(rows, FeatureCount);
        return [.. Enumerable.Repeat(probabilities, rows.Rows).SelectMany(row => row)];
    }

    /// <inheritdoc/>
    public int[] PredictLabels(FeatureMatrix rows) => ClassProbabilities.MostProbable(PredictProbabilities(rows), ClassCount);
}
