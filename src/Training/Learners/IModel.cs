using SerLab.Core;
using SerLab.Onnx;

namespace SerLab.Training.Learners;

/// <summary>A fitted model. Immutable and thread-safe. It writes itself as ONNX operators.</summary>
public interface IModel
{
    /// <summary>The shape that an example must have.</summary>
    ExampleShape Input { get; }

    /// <summary>Number of classes; 0 for a rating.</summary>
    int ClassCount { get; }

    /// <summary>How its training went, one curve per network that learnt in epochs; none for most models.</summary>
    IReadOnlyList<LearningCurve> Curves => [];

    /// <summary>
    /// Whether its fit reached the tolerance it was set, and not only the last step it was allowed; a learner that sets itself
    /// none always does.
    /// </summary>
    bool Converged => true;

    /// <summary>Its layers, where it is a network of layers; none for most models.</summary>
    IReadOnlyList<ModelLayer> Layers => [];

    /// <summary>Predicts each example by itself: its answer does not depend on the others, their order or their number.</summary>
    /// <exception cref="InvalidInputException">An example has another shape or a value that is not finite.</exception>
    Predictions Predict(Examples examples);

    /// <summary>
    /// Adds operators that answer alike: ratings and probabilities within 1e-5 · max(1, |y|), classes as in .NET but for ties.
    /// </summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="input">Float32, [batch, …<see cref="Input"/>].</param>
    /// <exception cref="InvalidInputException">The model has no ONNX form.</exception>
    OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input);
}

/// <summary>A fitted model of rows of features.</summary>
public interface IRowModel : IModel
{
    /// <summary>Number of features a row must have.</summary>
    int FeatureCount { get; }

    /// <inheritdoc/>
    ExampleShape IModel.Input => ExampleShape.Features(FeatureCount);
}
