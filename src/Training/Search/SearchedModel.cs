using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Search;

/// <summary>The model of a search's best candidate.</summary>
/// <param name="Best">The model, fitted on all training examples.</param>
/// <param name="Search">The candidates with their inner scores.</param>
public sealed record SearchedModel(IModel Best, SearchTable Search) : IModel
{
    /// <inheritdoc/>
    public ExampleShape Input => Best.Input;

    /// <inheritdoc/>
    public int ClassCount => Best.ClassCount;

    /// <inheritdoc/>
    public IReadOnlyList<LearningCurve> Curves => Best.Curves;

    /// <inheritdoc/>
    public bool Converged => Best.Converged;

    /// <inheritdoc/>
    public IReadOnlyList<ModelLayer> Layers => Best.Layers;

    /// <inheritdoc/>
    public Predictions Predict(Examples examples) => Best.Predict(examples);

    /// <inheritdoc/>
    public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input) => Best.AddTo(graph, input);
}
