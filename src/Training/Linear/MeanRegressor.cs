using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Linear;

/// <summary>Predicts the mean of the training targets whatever the features: the floor every other learner must beat.</summary>
public sealed class MeanRegressor : IRegressionLearner
{
    /// <inheritdoc/>
    public string Name => "mean";

    /// <inheritdoc/>
    public IRegressionModel Fit(
        FeatureMatrix rows, ReadOnlySpan<double> targets, int seed, CancellationToken cancellationToken = default)
    {
        TrainingInput.Check(rows, targets);
        cancellationToken.ThrowIfCancellationRequested();
        return new ConstantModel(rows.Columns, System.Numerics.Tensors.TensorPrimitives.Sum(targets) / targets.Length);
    }
}

/// <summary>A model whose prediction is one number.</summary>
/// <param name="FeatureCount">Number of features a row must have.</param>
/// <param name="Value">The prediction.</param>
public sealed record ConstantModel(int FeatureCount, double Value) : IRegressionModel
{
    /// <inheritdoc/>
    public OnnxValue AddTo(OnnxGraph graph, OnnxValue rows) => graph.Same(rows, FeatureCount, [(float)Value]);

    /// <inheritdoc/>
    public double[] Predict(FeatureMatrix rows)
    {
        TrainingInput.CheckPrediction(rows, FeatureCount);
        double[] predictions = new double[rows.Rows];
        Array.Fill(predictions, Value);
        return predictions;
    }
}
