using Google.Protobuf;
using SerLab.Core;
using SerLab.Onnx.Protocol;

namespace SerLab.Onnx;

/// <summary>Reads a finished model so that its operators can become part of another graph.</summary>
internal static class OnnxInclusion
{
    private const int AxesChanged = 13;

    // In operator set 13 the axes that these work on changed: the same node would mean something else.
    private static readonly HashSet<string> Changed = ["Softmax", "LogSoftmax", "Hardmax"];

    // In operator set 13 this attribute of theirs became an input.
    private static readonly Dictionary<string, string> AttributesToInputs = new()
    {
        ["ReduceSum"] = "axes",
        ["Squeeze"] = "axes",
        ["Unsqueeze"] = "axes",
        ["Split"] = "split",
    };

    /// <summary>What of a model with one input leads to an output.</summary>
    /// <param name="model">The bytes of an ONNX file.</param>
    /// <param name="output">The name of the output.</param>
    /// <param name="operatorSet">Version of the standard operators that the nodes are to have.</param>
    /// <exception cref="InvalidInputException">
    /// It is no such model, or a node would mean something else in that version.
    /// </exception>
    public static GraphProto Read(byte[] model, string output, int operatorSet)
    {
        ModelProto read = Parse(model);
        HashSet<string> constants = [.. read.Graph.Initializer.Select(constant => constant.Name)];
        ValueInfoProto[] inputs = [.. read.Graph.Input.Where(input => !constants.Contains(input.Name))];
        if (inputs.Length != 1 || read.Graph.Output.All(known => known.Name != output))
        {
            throw new InvalidInputException(
                $"The model to include takes {Names(inputs)} and answers {Names(read.Graph.Output)}; expected one input and "
                + $"'{output}'.");
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
        if (version < AxesChanged)
        {
            Raise(part, version, operatorSet);
        }

        return part;
    }

    /// <summary>Writes the nodes as operator set 13 and later have them.</summary>
    private static void Raise(GraphProto part, long version, int operatorSet)
    {
        foreach (NodeProto node in part.Node.Where(node => IsStandard(node.Domain)))
        {
            if (Changed.Contains(node.OpType))
            {
                throw new InvalidInputException(
                    $"The model to include has the operator {node.OpType} of operator set {version}, which means something else "
                    + $"in {operatorSet}.");
            }

            if (AttributesToInputs.TryGetValue(node.OpType, out string? name)
                && node.Attribute.FirstOrDefault(attribute => attribute.Name == name) is { } moved)
            {
                TensorProto values = new()
                {
                    Name = $"{node.Output[0]}/{name}",
                    DataType = (int)OnnxElement.Int64,
                    Dims = { moved.Ints.Count },
                    Int64Data = { moved.Ints },
                };
                node.Attribute.Remove(moved);
                node.Input.Add(values.Name);
                part.Initializer.Add(values);
            }
        }
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

    private static string Names(IEnumerable<ValueInfoProto> values) =>
        string.Join(", ", values.Select(value => $"'{value.Name}'"));
}
