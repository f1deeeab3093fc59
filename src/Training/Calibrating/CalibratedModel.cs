using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Calibrating;

/// <summary>A model of classes whose probabilities are changed by a temperature; its classes are not.</summary>
/// <param name="Model">The model.</param>
/// <param name="Temperature">The temperature.</param>
/// <param name="Floors">What the probability of each class counts as at least.</param>
internal sealed record CalibratedModel(IModel Model, Temperature Temperature, double[] Floors) : IModel
{
    /// <inheritdoc/>
    public ExampleShape Input => Model.Input;

    /// <inheritdoc/>
    public int ClassCount => Model.ClassCount;

    /// <inheritdoc/>
    public IReadOnlyList<LearningCurve> Curves => Model.Curves;

    /// <inheritdoc/>
    public bool Converged => Model.Converged;

    /// <inheritdoc/>
    public IReadOnlyList<ModelLayer> Layers => Model.Layers;

    /// <inheritdoc/>
    public Predictions Predict(Examples examples)
    {
        Predictions plain = Model.Predict(examples);
        return plain with { Probabilities = Temperature.Apply(plain.Probabilities, Floors) };
    }

    /// <inheritdoc/>
    public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input)
    {
        OnnxPredictions plain = Model.AddTo(graph, input);
        return plain with { Probabilities = Temperature.AddTo(graph, plain.Probabilities, Floors) };
    }
}
