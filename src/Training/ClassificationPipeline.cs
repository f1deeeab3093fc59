using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Balancing;
using SerLab.Training.Learners;
using SerLab.Training.Preprocessing;

namespace SerLab.Training;

/// <summary>Preprocessing and a learner of classes fitted together, so that inside a fold nothing is learnt from test rows.</summary>
/// <param name="Name">Short name for tables and files.</param>
/// <param name="Preprocessors">Fitted in order, each on what the one before gives.</param>
/// <param name="Learner">Fitted on the preprocessed rows.</param>
public sealed record ClassificationPipeline(string Name, IReadOnlyList<IPreprocessor> Preprocessors, IClassificationLearner Learner)
    : IGroupAwareClassificationLearner
{
    /// <summary>Evens out the classes of the preprocessed training rows, in the fit only; none by default.</summary>
    public IRowBalancer? Balancer { get; init; }

    /// <inheritdoc/>
    public IClassificationModel Fit(
        FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, int seed, CancellationToken cancellationToken = default) =>
        FitGrouped(rows, labels, classCount, [], seed, cancellationToken);

    /// <inheritdoc/>
    public IClassificationModel FitGrouped(
        FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, ReadOnlySpan<int> groups, int seed,
        CancellationToken cancellationToken = default)
    {
        TrainingInput.Check(rows, labels, classCount);
        TrainingInput.CheckGroups(rows, groups);
        (IReadOnlyList<ITransform> transforms, FeatureMatrix changed) = FittedTransforms.Fit(Preprocessors, rows);
        IClassificationModel model = Balancer is null
            ? Learner.FitGrouped(changed, labels, classCount, groups, seed, cancellationToken)
            : FitBalanced(Balancer, changed, labels, classCount, seed, cancellationToken);
        return new ClassificationPipelineModel(rows.Columns, transforms, model);
    }

    private IClassificationModel FitBalanced(
        IRowBalancer balancer, FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, int seed,
        CancellationToken cancellationToken)
    {
        if (Learner is IGroupAwareClassificationLearner)
        {
            throw new InvalidInputException(
                $"'{Name}' divides its training rows into folds of its own, which rows made by '{balancer.Name}' beforehand would "
                + "cross; balance within the models it is made of instead.");
        }

        BalancedRows balanced = balancer.Balance(rows, labels, classCount, SeededRandom.Derive(seed, "balance"));
        return Learner.Fit(balanced.Rows, balanced.Labels, classCount, seed, cancellationToken);
    }
}

/// <summary>A fitted pipeline: raw features in, classes out.</summary>
/// <param name="FeatureCount">Number of raw features.</param>
/// <param name="Transforms">The fitted preprocessing, in order.</param>
/// <param name="Model">The model on preprocessed rows.</param>
public sealed record ClassificationPipelineModel(
    int FeatureCount, IReadOnlyList<ITransform> Transforms, IClassificationModel Model)
    : IClassificationModel, IClassScores
{
    /// <inheritdoc/>
    public int ClassCount => Model.ClassCount;

    /// <inheritdoc/>
    public OnnxClasses AddTo(OnnxGraph graph, OnnxValue rows) =>
        Model.AddTo(graph, AddTransformsTo(graph, rows));

    /// <inheritdoc/>
    public double[] PredictProbabilities(FeatureMatrix rows) => Model.PredictProbabilities(Preprocess(rows));

    /// <inheritdoc/>
    public int[] PredictLabels(FeatureMatrix rows) => Model.PredictLabels(Preprocess(rows));

    double[] IClassScores.ScoreClasses(FeatureMatrix rows) => ClassScores.Of(Model, Preprocess(rows));

    OnnxValue IClassScores.AddScoresTo(OnnxGraph graph, OnnxValue rows) =>
        ClassScores.AddTo(Model, graph, AddTransformsTo(graph, rows));

    private OnnxValue AddTransformsTo(OnnxGraph graph, OnnxValue rows) =>
        Transforms.Aggregate(rows, (current, transform) => transform.AddTo(graph, current));

    private FeatureMatrix Preprocess(FeatureMatrix rows)
    {
        TrainingInput.CheckPrediction(rows, FeatureCount);
        return FittedTransforms.Apply(Transforms, rows);
    }
}
