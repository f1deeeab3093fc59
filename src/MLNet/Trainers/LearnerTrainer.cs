using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.Core;
using SerLab.MLNet.Data;
using SerLab.Training.Learners;

namespace SerLab.MLNet.Trainers;

/// <summary>What every trainer of ML.NET is told: its columns, and the seed of all it draws.</summary>
public abstract record TrainerOptions
{
    /// <summary>The column that is learnt: Single for ratings, keys for classes; default <c>Label</c>.</summary>
    public string LabelColumnName { get; init; } = ColumnNames.Label;

    /// <summary>The column of features, vectors of Single of one length; default <c>Features</c>.</summary>
    public string FeatureColumnName { get; init; } = ColumnNames.Features;

    /// <summary>Seed of everything random in the fit; default 0.</summary>
    public int Seed { get; init; }
}

/// <summary>
/// A regression learner of SerLab as an estimator of ML.NET: reads features and label, adds Score. What it promises of columns is what
/// ML.NET's own regression trainers promise. Its models are kept as ONNX, not in ML.NET's own format.
/// </summary>
public abstract class RegressionLearnerTrainer : IEstimator<ITransformer>
{
    private readonly MLContext context;
    private readonly TrainerOptions options;
    private readonly IRegressionLearner learner;

    private protected RegressionLearnerTrainer(TrainerOptions options, IRegressionLearner learner)
    {
        this.options = options;
        this.learner = learner;
        context = new MLContext(options.Seed);
    }

    /// <summary>Fits the learner on all rows.</summary>
    /// <exception cref="InvalidInputException">
    /// A column is missing or of another type, or a value is not finite.
    /// </exception>
    public ITransformer Fit(IDataView input)
    {
        FeatureMatrix rows = ColumnReader.Vectors(input, options.FeatureColumnName);
        IRegressionModel model = learner.Fit(rows, ColumnReader.Numbers(input, options.LabelColumnName), options.Seed);
        return ModelMapping.Regression(context, options.FeatureColumnName, model);
    }

    /// <summary>The columns after this step: those before it, and Score.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => context.Regression.Trainers
        .Sdca(options.LabelColumnName, options.FeatureColumnName).GetOutputSchema(inputSchema);
}

/// <summary>
/// A classifier of SerLab as an estimator of ML.NET: reads features and label (keys), adds Score (the probabilities of all keys) and
/// PredictedLabel. What it promises of columns is what ML.NET's own multiclass trainers promise. Its models are kept as ONNX, not in
/// ML.NET's own format.
/// </summary>
public abstract class ClassificationLearnerTrainer : IEstimator<ITransformer>
{
    private readonly MLContext context;
    private readonly TrainerOptions options;
    private readonly IClassificationLearner learner;

    private protected ClassificationLearnerTrainer(TrainerOptions options, IClassificationLearner learner)
    {
        this.options = options;
        this.learner = learner;
        context = new MLContext(options.Seed);
    }

    /// <summary>Fits the learner on all rows.</summary>
    /// <exception cref="InvalidInputException">
    /// A column is missing or of another type, a value is not finite, or a row has no class.
    /// </exception>
    public ITransformer Fit(IDataView input)
    {
        FeatureMatrix rows = ColumnReader.Vectors(input, options.FeatureColumnName);
        (int[] classes, KeyDataViewType type) = ColumnReader.Keys(input, options.LabelColumnName);
        IClassificationModel model = learner.Fit(rows, classes, checked((int)type.Count), options.Seed);
        IReadOnlyList<string>? names = ColumnNames.Read(input.Schema[options.LabelColumnName], ColumnNames.KeyValues);
        return ModelMapping.Classification(context, options.FeatureColumnName, model, names);
    }

    /// <summary>The columns after this step: those before it, Score and PredictedLabel.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => context.MulticlassClassification.Trainers
        .SdcaMaximumEntropy(options.LabelColumnName, options.FeatureColumnName).GetOutputSchema(inputSchema);
}
