using SerLab.Core;
using SerLab.Onnx;

namespace SerLab.Training.Preprocessing;

/// <summary>
/// Of examples that are put together of parts, one part in its own form: what a learner hears that learns from one feature set of
/// several. Nothing is learnt.
/// </summary>
/// <param name="Part">Name of the part.</param>
public sealed record PartSelector(string Part) : IPreprocessor
{
    /// <inheritdoc/>
    public string Name => $"part {Part}";

    /// <inheritdoc/>
    /// <exception cref="InvalidInputException">The examples have no such part.</exception>
    public ExampleShape ShapeAfter(ExampleShape shape) => PartOf(shape).Shape;

    /// <inheritdoc/>
    /// <exception cref="InvalidInputException">The examples have no such part.</exception>
    public ITransform Fit(Examples examples) => new PartTransform(PartOf(examples.Shape));

    private ExamplePart PartOf(ExampleShape shape) =>
        shape.Parts.FirstOrDefault(part => part.Name == Part) ?? throw Lacking(shape);

    private InvalidInputException Lacking(ExampleShape shape) => shape.Parts.Count == 0
        ? new InvalidInputException(
            $"A model is to learn from '{Part}' alone, but the features are of one set; name several with a plus between.")
        : NearestName.Unknown("part of the features called", Part, shape.Parts.Select(part => part.Name));
}

/// <summary>Takes one part out of examples.</summary>
/// <param name="Part">Where it stands and its form.</param>
internal sealed record PartTransform(ExamplePart Part) : ITransform
{
    private int Size => Part.Shape.Size!.Value;

    /// <inheritdoc/>
    public Examples Apply(Examples examples) => Examples.Of(
        [.. Enumerable.Range(0, examples.Count).Select(i => examples[i].Slice(Part.Offset, Size).ToArray())], Part.Shape);

    /// <inheritdoc/>
    public OnnxValue AddTo(OnnxGraph graph, OnnxValue examples)
    {
        OnnxValue part = graph.Apply(
            "Slice",
            [examples, graph.Integers([Part.Offset], 1), graph.Integers([Part.Offset + Size], 1), graph.Integers([1], 1)]);
        long[] lengths = [.. Part.Shape.Axes.Select(axis => (long)axis.Length!.Value)];
        return lengths.Length == 1
            ? part
            : graph.Apply("Reshape", [part, graph.Integers([-1, .. lengths], lengths.Length + 1)]);
    }
}
