using System.Collections.ObjectModel;
using Google.Protobuf;
using SerLab.Core;
using SerLab.Onnx.Protocol;

namespace SerLab.Onnx.Runtime;

/// <summary>
/// An ONNX file as SerLab runs it: in managed code, without a native runtime, computing in float32 as runtimes do. It knows the
/// operators that SerLab writes, not all of the standard. Immutable and thread-safe.
/// </summary>
public sealed class OnnxModel : IOnnxNetwork
{
    private readonly GraphProgram program;
    private readonly ComputeLimits limits;
    private readonly Workspace loaded;

    private OnnxModel(ModelProto model, string name, ComputeLimits limits)
    {
        this.limits = limits;
        GraphProto graph = model.Graph ?? throw new InvalidInputException($"'{name}' is not an ONNX model: it has no graph.");
        if (model.Functions.Count > 0)
        {
            throw new OnnxRefusedException($"function {model.Functions[0].Name}", "is of the model's own making");
        }

        Inputs = OnnxPort.InputsOf(graph);
        Outputs = OnnxPort.OutputsOf(graph);
        Metadata = new ReadOnlyDictionary<string, string>(
            model.MetadataProps.GroupBy(m => m.Key).ToDictionary(g => g.Key, g => g.Last().Value));
        Producer = $"{model.ProducerName} {model.ProducerVersion}".Trim();
        Description = model.DocString;
        OperatorSets = new ReadOnlyDictionary<string, long>(
            model.OpsetImport.GroupBy(o => o.Domain == "ai.onnx" ? "" : o.Domain)
                .ToDictionary(g => g.Key, g => g.Last().Version));
        program = GraphCompiler.Compile(graph, [.. Inputs.Select(input => (input.Name, input.Element))], OperatorSets);
        program.Fold(loaded = new Workspace(limits));
    }

    /// <inheritdoc/>
    public IReadOnlyList<OnnxPort> Inputs { get; }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs)
    {
        Tensor[] given = [.. Inputs.Select(input => input.Take(inputs))];
        Tensor[] answers = program.Run(given, new Workspace(limits, loaded));
        return Outputs.Select((output, i) => (output.Name, answers[i])).ToDictionary();
    }
}
