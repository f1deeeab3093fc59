using SerLab.Datasets.Tables;
using SerLab.Training.Learners;
using SerLab.Training.Onnx;
using SerLab.Training.Preprocessing;

namespace SerLab.Training;

/// <summary>Preprocessing and a learner of classes fitted together, so that inside a fold nothing is learnt from test rows.</summary>
/// <param name="Name">Short name for tables and files.</param>
/// <param name="Preprocessors">Fitted in order, each on what the one before gives.</param>
/// <param name="Learner">Fitted on the preprocessed rows.</param>
public sealed record ClassificationPipeline(string Name, IReadOnlyList<IPreprocessor> Preprocessors, IClassificationLearner Learner)
    : IClassificationLearner
{
    /// <inheritdoc/>
    public IClassificationModel Fit(
        FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, int seed, CancellationToken cancellationToken = default)
    {
        TrainingInput.Check(rows, labels, classCount);
        (IReadOnlyList<ITransform> transforms, FeatureMatrix changed) = FittedTransforms.Fit(Preprocessors, rows);
        return new ClassificationPipelineModel(
            rows.Columns, transforms, Learner.Fit(changed, labels, classCount, seed, cancellationToken));
    }
}

/// <summary>A fitted pipeline: raw features in, classes out.</summary>
/// <param name="FeatureCount">Number of raw features.</param>
/// <param name="Transforms">The fitted preprocessing, in order.</param>
/// <param name="Model">The model on preprocessed rows.</param>
public sealed record ClassificationPipelineModel(
    int FeatureCount, IReadOnlyList<ITransform> Transforms, IClassificationModel Model) : IClassificationModel
{
    /// <inheritdoc/>
    public int ClassCount => Model.ClassCount;

    /// <inheritdoc/>
    public OnnxClasses AddTo(OnnxGraph graph, OnnxValue rows) =>
        Model.AddTo(graph, Transforms.Aggregate(rows, (current, transform) => transform.AddTo(graph, current)));

    /// <inheritdoc/>
    public double[] PredictProbabilities(FeatureMatrix rows) => Model.PredictProbabilities(Preprocess(rows));

    /// <inheritdoc/>
    public int[] PredictLabels(FeatureMatrix rows) => Model.PredictLabels(Preprocess(rows));

    private FeatureMatrix Preprocess(FeatureMatrix rows)
    {
        TrainingInput.CheckPrediction(rows, FeatureCount);
        return FittedTransforms.Apply(Transforms, rows);
    }
}
