using System.Collections.ObjectModel;
using Google.Protobuf;
using SerLab.Features.Errors;
using SerLab.Training.Onnx.Protocol;
using SerLab.Training.Onnx.Runtime.Operators;

namespace SerLab.Training.Onnx.Runtime;

/// <summary>
/// An ONNX file as SerLab runs it: in managed code, without a native runtime, computing in float32 as runtimes do. It knows the
/// operators that SerLab writes, not all of the standard. Immutable and thread-safe.
/// </summary>
public sealed class OnnxModel
{
    private readonly IReadOnlyList<(OperatorNode Node, Operator Compute)> steps;
    private readonly IReadOnlyDictionary<string, Tensor> constants;

    private OnnxModel(ModelProto model, string name)
    {
        GraphProto graph = model.Graph ?? throw new InvalidInputException($"'{name}' is not an ONNX model: it has no graph.");
        constants = graph.Initializer.ToDictionary(tensor => tensor.Name, TensorReader.Read);
        steps = [.. graph.Node.Select(node => new OperatorNode(node)).Select(node => (node, OperatorCatalogue.Prepare(node)))];
        Inputs = [.. graph.Input.Select(Describe)];
        Outputs = [.. graph.Output.Select(Describe)];
        Metadata = new ReadOnlyDictionary<string, string>(
            model.MetadataProps.GroupBy(m => m.Key).ToDictionary(g => g.Key, g => g.Last().Value));
        Producer = $"{model.ProducerName} {model.ProducerVersion}".Trim();
        Description = model.DocString;
        OperatorSets = new ReadOnlyDictionary<string, long>(
            model.OpsetImport.GroupBy(o => o.Domain).ToDictionary(g => g.Key, g => g.Last().Version));
    }

    /// <summary>What the graph takes.</summary>
    public IReadOnlyList<OnnxPort> Inputs { get; }

    /// <summary>What the graph gives.</summary>
    public IReadOnlyList<OnnxPort> Outputs { get; }

    /// <summary>What travels with the model, by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Who wrote the file.</summary>
    public string Producer { get; }

    /// <summary>What the model does, in the words of its file.</summary>
    public string Description { get; }

    /// <summary>Versions of the operator sets, by domain; the standard one is "".</summary>
    public IReadOnlyDictionary<string, long> OperatorSets { get; }

    /// <summary>Names of the operators, in order of computation.</summary>
    public IEnumerable<string> Operators => steps.Select(step => step.Node.Name);

    /// <summary>Reads a model file.</summary>
    /// <exception cref="InvalidInputException">
    /// The file is missing, truncated or not an ONNX model, or needs an operator that SerLab does not know; the sentence says which.
    /// </exception>
    public static OnnxModel Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidInputException($"There is no model '{path}'.");
        }

        return Parse(File.ReadAllBytes(path), path);
    }

    /// <summary>Reads a model from the bytes of its file.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="InvalidInputException">As for <see cref="Load"/>.</exception>
    public static OnnxModel Parse(byte[] bytes, string name)
    {
        try
        {
            return new OnnxModel(ModelProto.Parser.ParseFrom(bytes), name);
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or ArgumentException or OverflowException
            or IndexOutOfRangeException or KeyNotFoundException)
        {
            throw new InvalidInputException($"'{name}' is not an ONNX model, or it is damaged: {error.Message}", error);
        }
    }

    /// <summary>Computes the outputs.</summary>
    /// <param name="inputs">One tensor per input of the graph, by name.</param>
    /// <returns>One tensor per output of the graph, by name.</returns>
    /// <exception cref="InvalidInputException">An input is missing, or tensors do not fit the graph.</exception>
    public IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs)
    {
        Dictionary<string, Tensor> tensors = new(constants);
        foreach (OnnxPort input in Inputs)
        {
            tensors[input.Name] = inputs.TryGetValue(input.Name, out Tensor? given)
                ? given
                : throw new InvalidInputException($"The model needs an input '{input.Name}' that was not given.");
        }

        foreach ((OperatorNode node, Operator compute) in steps)
        {
            Tensor?[] arguments = [.. node.Inputs.Select(name => name.Length == 0 ? null : Find(tensors, name))];
            Tensor[] results = Compute(node, compute, arguments);
            for (int i = 0; i < results.Length && i < node.Outputs.Count; i++)
            {
                tensors[node.Outputs[i]] = results[i];
            }
        }

        return Outputs.ToDictionary(output => output.Name, output => Find(tensors, output.Name));
    }

    private static Tensor[] Compute(OperatorNode node, Operator compute, Tensor?[] arguments)
    {
        try
        {
            return compute(arguments);
        }
        catch (Exception error) when (error is ArgumentException or InvalidCastException or IndexOutOfRangeException
            or NullReferenceException or OverflowException)
        {
            string shapes = string.Join(", ", arguments.Select(a => a is null ? "none" : $"[{string.Join(", ", a.Shape)}]"));
            throw new InvalidInputException($"The model's operator {node.Name} cannot take tensors of shape {shapes}.", error);
        }
    }

    private static Tensor Find(Dictionary<string, Tensor> tensors, string name) =>
        tensors.TryGetValue(name, out Tensor? tensor)
            ? tensor
            : throw new InvalidInputException($"The model's graph uses a tensor '{name}' before it is computed.");

    private static OnnxPort Describe(ValueInfoProto value)
    {
        TypeProto.Types.Tensor? tensor = value.Type?.TensorType;
        OnnxDimension[] shape =
        [
            .. (tensor?.Shape?.Dim ?? []).Select(d => d.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue
                ? new OnnxDimension(d.DimValue)
                : new OnnxDimension(0, d.DimParam)),
        ];
        return new OnnxPort(value.Name, (OnnxElement)(tensor?.ElemType ?? 0), shape, value.DocString);
    }
}

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">The name apps use.</param>
/// <param name="Element">Its element type.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Description">What it holds.</param>
public sealed record OnnxPort(string Name, OnnxElement Element, IReadOnlyList<OnnxDimension> Shape, string Description);
