using Microsoft.ML;
using Microsoft.ML.Data;

namespace SerLab.MLNet.Data;

/// <summary>The step from paths to features as an estimator that has nothing to learn.</summary>
/// <param name="step">The step.</param>
/// <param name="shape">An estimator of ML.NET that adds such a column, since ML.NET keeps the making of shapes to itself.</param>
internal sealed class AudioFeaturesEstimator(AudioStep step, IEstimator<ITransformer> shape) : IEstimator<ITransformer>
{
    /// <inheritdoc/>
    public ITransformer Fit(IDataView input)
    {
        step.InputIn(input.Schema);
        return new AudioFeaturesTransformer(step);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => shape.GetOutputSchema(inputSchema);
}

/// <summary>The step from paths to features as a transformer.</summary>
internal sealed class AudioFeaturesTransformer(AudioStep step) : ITransformer
{
    /// <inheritdoc/>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => step.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => new StepView(step, input);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new StepMapper(step, inputSchema);

    /// <summary>Saves which features it computes; what is loaded is a chain of ML.NET's own steps.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx) => SavedAudio.Of(step).Save(ctx);
}
