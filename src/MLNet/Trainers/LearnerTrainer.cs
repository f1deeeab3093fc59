using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.Core;
using SerLab.MLNet.Data;
using SerLab.Training.Learners;

namespace SerLab.MLNet.Trainers;

/// <summary>
/// A learner of SerLab as an estimator of ML.NET: reads features and label, adds Score; for classes (a label of keys) Score holds
/// the probabilities of all keys, and PredictedLabel is added too. What it promises of columns is what ML.NET's own trainers
/// promise. Its models are kept as ONNX, not in ML.NET's own format.
/// </summary>
public abstract class LearnerTrainer : IEstimator<ITransformer>
{
    private readonly MLContext context;
    private readonly TrainerOptions options;
    private readonly ILearner learner;
    private readonly bool isOfRatings;

    private protected LearnerTrainer(TrainerOptions options, ILearner learner, bool isOfRatings)
    {
        this.options = options;
        this.learner = learner;
        this.isOfRatings = isOfRatings;
        context = new MLContext(options.Seed);
    }

    /// <summary>Fits the learner on all rows.</summary>
    /// <exception cref="InvalidInputException">
    /// A column is missing or of another type, a value is not finite, or a row has no class.
    /// </exception>
    public ITransformer Fit(IDataView input)
    {
        FeatureMatrix rows = ColumnReader.Vectors(input, options.FeatureColumnName);
        TrainingSet set = isOfRatings
            ? TrainingSet.OfRatings(rows, ColumnReader.Numbers(input, options.LabelColumnName))
            : Classed(rows, ColumnReader.Keys(input, options.LabelColumnName));
        IReadOnlyList<string>? classNames = isOfRatings
            ? null
            : ColumnNames.Read(input.Schema[options.LabelColumnName], ColumnNames.KeyValues);
        return ModelMapping.Create(context, options.FeatureColumnName, rows.Columns, learner.Fit(set, options.Seed), classNames);
    }

    /// <summary>The columns after this step: those before it, and what it adds.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => isOfRatings
        ? context.Regression.Trainers.Sdca(options.LabelColumnName, options.FeatureColumnName).GetOutputSchema(inputSchema)
        : context.MulticlassClassification.Trainers
            .SdcaMaximumEntropy(options.LabelColumnName, options.FeatureColumnName).GetOutputSchema(inputSchema);

    private static TrainingSet Classed(FeatureMatrix rows, (int[] Classes, KeyDataViewType Type) keys) =>
        TrainingSet.OfClasses(rows, keys.Classes, checked((int)keys.Type.Count));
}
