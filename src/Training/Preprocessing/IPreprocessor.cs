using SerLab.Core;
using SerLab.Onnx;

namespace SerLab.Training.Preprocessing;

/// <summary>
/// A change of the examples that is learnt from training examples, e.g. a scaler. Immutable and thread-safe; two that learn the
/// same change are equal, so that a fold fits it once for all learners.
/// </summary>
public interface IPreprocessor
{
    /// <summary>Short name for tables and files, e.g. <c>standard</c>.</summary>
    string Name { get; }

    /// <summary>The shape of examples after the change; by default the same.</summary>
    /// <param name="shape">Their shape before.</param>
    /// <exception cref="InvalidInputException">It does not change examples of that shape.</exception>
    ExampleShape ShapeAfter(ExampleShape shape) => shape;

    /// <summary>Learns the change from training examples only.</summary>
    /// <exception cref="InvalidInputException">It does not change examples of that shape.</exception>
    ITransform Fit(Examples examples);
}

/// <summary>A fitted change of the examples. Immutable and thread-safe. It writes itself as ONNX operators.</summary>
public interface ITransform
{
    /// <summary>Changes examples, each by itself.</summary>
    Examples Apply(Examples examples);

    /// <summary>Adds operators that do the same within 1e-5 · max(1, |y|).</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="examples">Float32, [batch, …].</param>
    OnnxValue AddTo(OnnxGraph graph, OnnxValue examples);
}
