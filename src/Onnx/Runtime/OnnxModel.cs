using System.Collections.ObjectModel;
using Google.Protobuf;
using SerLab.Core;
using SerLab.Onnx.Protocol;

namespace SerLab.Onnx.Runtime;

/// <summary>
/// An ONNX file as SerLab runs it: in managed code, without a native runtime, computing in float32 as runtimes do. It knows the
/// operators that SerLab writes, not all of the standard. Immutable and thread-safe.
/// </summary>
public sealed class OnnxModel
{
    private readonly GraphProgram program;
    private readonly ComputeLimits limits;

    private OnnxModel(ModelProto model, string name, ComputeLimits limits)
    {
        this.limits = limits;
        GraphProto graph = model.Graph ?? throw new InvalidInputException($"'{name}' is not an ONNX model: it has no graph.");
        if (model.Functions.Count > 0)
        {
            throw new OnnxRefusedException($"function {model.Functions[0].Name}", "is of the model's own making");
        }

        HashSet<string> constants = [.. graph.Initializer.Select(constant => constant.Name)];
        Inputs = [.. graph.Input.Where(input => !constants.Contains(input.Name)).Select(input => Describe(input, "input"))];
        Outputs = [.. graph.Output.Select(output => Describe(output, "output"))];
        Metadata = new ReadOnlyDictionary<string, string>(
            model.MetadataProps.GroupBy(m => m.Key).ToDictionary(g => g.Key, g => g.Last().Value));
        Producer = $"{model.ProducerName} {model.ProducerVersion}".Trim();
        Description = model.DocString;
        OperatorSets = new ReadOnlyDictionary<string, long>(
            model.OpsetImport.GroupBy(o => o.Domain == "ai.onnx" ? "" : o.Domain)
                .ToDictionary(g => g.Key, g => g.Last().Version));
        program = GraphCompiler.Compile(graph, [.. Inputs.Select(input => (input.Name, input.Element))], OperatorSets);
        program.Fold(new Workspace(limits));
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
    public IReadOnlyList<string> Operators => program.Operators;

    /// <summary>Reads a model file.</summary>
    /// <exception cref="InvalidInputException">
    /// The file is missing, truncated or not an ONNX model, or needs an operator that SerLab does not know; the sentence says
    /// which.
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
    public static OnnxModel Parse(byte[] bytes, string name) => Parse(bytes, name, ComputeLimits.Standard);

    /// <summary>The same with limits of one's own.</summary>
    internal static OnnxModel Parse(byte[] bytes, string name, ComputeLimits limits)
    {
        try
        {
            return new OnnxModel(ModelProto.Parser.ParseFrom(bytes), name, limits);
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
        Tensor[] given = [.. Inputs.Select(input => Checked(input, inputs.GetValueOrDefault(input.Name)))];
        Tensor[] answers = program.Run(given, new Workspace(limits));
        return Outputs.Select((output, i) => (output.Name, answers[i])).ToDictionary();
    }

    private static Tensor Checked(OnnxPort input, Tensor? given) => given switch
    {
        null => throw new InvalidInputException($"The model needs an input '{input.Name}' that was not given."),
        _ when given.Element != input.Element => throw new InvalidInputException(
            $"The model's input '{input.Name}' is {Elements.Name(input.Element)}, not {Elements.Name(given.Element)}."),
        _ => given,
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

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">The name apps use.</param>
/// <param name="Element">Its element type.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Description">What it holds.</param>
public sealed record OnnxPort(string Name, OnnxElement Element, IReadOnlyList<OnnxDimension> Shape, string Description);
