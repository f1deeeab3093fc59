using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.Core;
using SerLab.MLNet.Data;
using SerLab.Training.Learners;

namespace SerLab.MLNet.Trainers;

/// <summary>
/// A fitted model of SerLab as a transformer of ML.NET: adds Score, and for classes PredictedLabel. Immutable and thread-safe.
/// </summary>
public sealed class LearnerTransformer : ISingleFeaturePredictionTransformer<IModel>
{
    private readonly ScoringStep step;

    internal LearnerTransformer(IModel model, string featureColumn, IReadOnlyList<string>? classNames)
    {
        Model = model;
        FeatureColumnName = featureColumn;
        ClassNames = classNames;
        step = new ScoringStep(model, featureColumn, classNames);
    }

    /// <summary>The model, which writes itself as ONNX.</summary>
    public IModel Model { get; }

    /// <summary>What the keys of PredictedLabel stand for, where the label's keys had names; none for ratings.</summary>
    public IReadOnlyList<string>? ClassNames { get; }

    /// <inheritdoc/>
    public string FeatureColumnName { get; }

    /// <inheritdoc/>
    public DataViewType FeatureColumnType => step.FeatureType;

    /// <inheritdoc/>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    /// <exception cref="InvalidInputException">There is no such column of features, or it is of another type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => step.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    /// <exception cref="InvalidInputException">
    /// There is no such column of features, or it is of another type; when rows are read: a feature is not finite.
    /// </exception>
    public IDataView Transform(IDataView input) => new StepView(step, input);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new StepMapper(step, inputSchema);

    /// <summary>Saves its ONNX graph; what is loaded answers as that does, and is a chain of ML.NET's own steps.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx) => SavedModel.Of(this).Save(ctx);
}
