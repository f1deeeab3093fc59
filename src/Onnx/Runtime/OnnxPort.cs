using SerLab.Core;
using SerLab.Onnx.Protocol;

namespace SerLab.Onnx.Runtime;

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">The name apps use.</param>
/// <param name="Element">Its element type.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Description">What it holds.</param>
public sealed record OnnxPort(string Name, OnnxElement Element, IReadOnlyList<OnnxDimension> Shape, string Description)
{
    /// <summary>What a graph takes; constants that could be replaced are none of it.</summary>
    internal static OnnxPort[] InputsOf(GraphProto graph)
    {
        HashSet<string> constants = [.. graph.Initializer.Select(constant => constant.Name)];
        return [.. graph.Input.Where(input => !constants.Contains(input.Name)).Select(input => Describe(input, "input"))];
    }

    /// <summary>What a graph gives: at least one tensor, each under a name of its own.</summary>
    /// <exception cref="InvalidInputException">The graph gives nothing, or two of one name.</exception>
    internal static OnnxPort[] OutputsOf(GraphProto graph)
    {
        if (graph.Output.Count == 0)
        {
            throw new InvalidInputException("The model has no output.");
        }

        return graph.Output.CountBy(output => output.Name).FirstOrDefault(name => name.Value > 1) is { Key: { } twice }
            ? throw new InvalidInputException($"The model has two outputs '{twice}'.")
            : [.. graph.Output.Select(output => Describe(output, "output"))];
    }

    /// <summary>The tensor that is given to an input.</summary>
    /// <exception cref="InvalidInputException">There is none, or it is of another element type.</exception>
    internal Tensor Take(IReadOnlyDictionary<string, Tensor> inputs) => inputs.GetValueOrDefault(Name) switch
    {
        null => throw new InvalidInputException($"The model needs an input '{Name}' that was not given."),
        { } given when given.Element != Element => throw new InvalidInputException(
            $"The model's input '{Name}' is {Elements.Name(Element)}, not {Elements.Name(given.Element)}."),
        { } given => given,
    };

    private static OnnxPort Describe(ValueInfoProto value, string kind)
    {
        TypeProto.Types.Tensor? tensor = value.Type?.TensorType;
        if (value.Type is not null && tensor is null)
        {
            throw new OnnxRefusedException(
                $"{kind} '{value.Name}'", "is a sequence, map or optional, and SerLab computes tensors alone");
        }

        OnnxDimension[] shape =
        [
            .. (tensor?.Shape?.Dim ?? []).Select(d => d.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue
                ? new OnnxDimension(d.DimValue)
                : new OnnxDimension(0, d.DimParam)),
        ];
        return new OnnxPort(value.Name, (OnnxElement)(tensor?.ElemType ?? 0), shape, value.DocString);
    }
}
