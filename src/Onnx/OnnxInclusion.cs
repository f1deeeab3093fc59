using Google.Protobuf;
using SerLab.Core;
using SerLab.Onnx.Protocol;

namespace SerLab.Onnx;

/// <summary>Reads a finished model so that its operators can become part of another graph.</summary>
internal static class OnnxInclusion
{
    // In operator set 13 their axes became an input, or the axes they work on changed: the same node would mean something else.
    private const int AxesChanged = 13;

    private static readonly HashSet<string> Changed = ["Softmax", "LogSoftmax", "Hardmax", "ReduceSum", "Squeeze", "Unsqueeze", "Split"];

    /// <summary>What of a model with one input leads to an output.</summary>
    /// <param name="model">The bytes of an ONNX file.</param>
    /// <param name="output">The name of the output.</param>
    /// <param name="operatorSet">Version of the standard operators that the nodes are to have.</param>
    /// <exception cref="InvalidInputException">It is no such model, or a node would mean something else in that version.</exception>
    public static GraphProto Read(byte[] model, string output, int operatorSet)
    {
        ModelProto read = Parse(model);
        HashSet<string> constants = [.. read.Graph.Initializer.Select(constant => constant.Name)];
        ValueInfoProto[] inputs = [.. read.Graph.Input.Where(input => !constants.Contains(input.Name))];
        if (inputs.Length != 1 || read.Graph.Output.All(known => known.Name != output))
        {
            throw new InvalidInputException(
                $"The model to include takes {Names(inputs)} and answers {Names(read.Graph.Output)}; expected one input and '{output}'.");
        }

        GraphProto part = new() { Input = { inputs } };
        HashSet<string> needed = [output];
        foreach (NodeProto node in read.Graph.Node.Reverse().Where(node => node.Output.Any(needed.Contains)))
        {
            needed.UnionWith(node.Input);
            part.Node.Insert(0, node);
        }

        part.Initializer.Add(read.Graph.Initializer.Where(constant => needed.Contains(constant.Name)));
        long version = read.OpsetImport.FirstOrDefault(import => IsStandard(import.Domain))?.Version ?? operatorSet;
        return version < AxesChanged && part.Node.FirstOrDefault(node => IsStandard(node.Domain) && Changed.Contains(node.OpType)) is { } other
            ? throw new InvalidInputException(
                $"The model to include has the operator {other.OpType} of operator set {version}, which means something else in {operatorSet}.")
            : part;
    }

    private static ModelProto Parse(byte[] model)
    {
        try
        {
            return ModelProto.Parser.ParseFrom(model);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new InvalidInputException($"The model to include is no ONNX file: {error.Message}", error);
        }
    }

    private static bool IsStandard(string domain) => domain is "" or "ai.onnx";

    private static string Names(IEnumerable<ValueInfoProto> values) => string.Join(", ", values.Select(value => $"'{value.Name}'"));
}
