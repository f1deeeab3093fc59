using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;
using SerLab.Training.Preprocessing;

namespace SerLab.Training;

/// <summary>Preprocessing and a learner fitted together, so that inside a fold nothing is learnt from test rows.</summary>
/// <param name="Name">Short name for tables and files.</param>
/// <param name="Preprocessors">Fitted in order, each on what the one before gives.</param>
/// <param name="Learner">Fitted on the preprocessed rows.</param>
public sealed record RegressionPipeline(string Name, IReadOnlyList<IPreprocessor> Preprocessors, IRegressionLearner Learner)
    : IGroupAwareRegressionLearner
{
    /// <inheritdoc/>
    public IRegressionModel Fit(
        FeatureMatrix rows, ReadOnlySpan<double> targets, int seed, CancellationToken cancellationToken = default) =>
        FitGrouped(rows, targets, [], seed, cancellationToken);

    /// <inheritdoc/>
    public IRegressionModel FitGrouped(
        FeatureMatrix rows, ReadOnlySpan<double> targets, ReadOnlySpan<int> groups, int seed,
        CancellationToken cancellationToken = default)
    {
        TrainingInput.Check(rows, targets);
        TrainingInput.CheckGroups(rows, groups);
        (IReadOnlyList<ITransform> transforms, FeatureMatrix changed) = FittedTransforms.Fit(Preprocessors, rows);
        return new RegressionPipelineModel(
            rows.Columns, transforms, Learner.FitGrouped(changed, targets, groups, seed, cancellationToken));
    }
}

/// <summary>A fitted pipeline: raw features in, prediction out.</summary>
/// <param name="FeatureCount">Number of raw features.</param>
/// <param name="Transforms">The fitted preprocessing, in order.</param>
/// <param name="Model">The model on preprocessed rows.</param>
public sealed record RegressionPipelineModel(int FeatureCount, IReadOnlyList<ITransform> Transforms, IRegressionModel Model)
    : IRegressionModel
{
    /// <inheritdoc/>
    public OnnxValue AddTo(OnnxGraph graph, OnnxValue rows) =>
        Model.AddTo(graph, Transforms.Aggregate(rows, (current, transform) => transform.AddTo(graph, current)));

    /// <inheritdoc/>
    public double[] Predict(FeatureMatrix rows)
    {
        TrainingInput.CheckPrediction(rows, FeatureCount);
        return Model.Predict(FittedTransforms.Apply(Transforms, rows));
    }
}
