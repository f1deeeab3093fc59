using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;
using SerLab.Training.Preprocessing;

namespace SerLab.Training.Pipelines;

/// <summary>A fitted pipeline: examples as they come in, predictions out.</summary>
/// <param name="Input">The shape of an example before preprocessing.</param>
/// <param name="Transforms">The fitted preprocessing, in order.</param>
/// <param name="Model">The model of preprocessed examples.</param>
public sealed record PipelineModel(ExampleShape Input, IReadOnlyList<ITransform> Transforms, IModel Model) : IModel, IClassScores
{
    /// <inheritdoc/>
    public int ClassCount => Model.ClassCount;

    /// <inheritdoc/>
    public IReadOnlyList<LearningCurve> Curves => Model.Curves;

    /// <inheritdoc/>
    public bool Converged => Model.Converged;

    /// <inheritdoc/>
    public IReadOnlyList<ModelLayer> Layers => Model.Layers;

    /// <inheritdoc/>
    public Predictions Predict(Examples examples) => Model.Predict(Preprocess(examples));

    /// <inheritdoc/>
    public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input) => Model.AddTo(graph, AddTransformsTo(graph, input));

    double[] IClassScores.ScoreClasses(Examples examples) => ModelScores.Of(Model, Preprocess(examples));

    OnnxValue IClassScores.AddScoresTo(OnnxGraph graph, OnnxValue input) =>
        ModelScores.AddTo(Model, graph, AddTransformsTo(graph, input));

    private OnnxValue AddTransformsTo(OnnxGraph graph, OnnxValue input) =>
        Transforms.Aggregate(input, (current, transform) => transform.AddTo(graph, current));

    private Examples Preprocess(Examples examples)
    {
        if (Input is { Rank: 1, Size: { } features } && examples is FeatureMatrix)
        {
            TrainingInput.CheckPrediction(examples, features);
        }

        return Transforms.Aggregate(examples, (current, transform) => transform.Apply(current));
    }
}
