using Google.Protobuf;
using SerLab.Core;
using SerLab.Onnx.Protocol;

namespace SerLab.Onnx;

/// <summary>Reads a finished model so that its operators can become part of another graph.</summary>
internal static class OnnxInclusion
{
    /// <summary>What of a model leads to an output.</summary>
    /// <param name="model">The bytes of an ONNX file.</param>
    /// <param name="given">The inputs that are given; none: the one input that the model has.</param>
    /// <param name="output">The name of the output.</param>
    /// <param name="operatorSet">Version of the standard operators that the nodes are to have.</param>
    /// <exception cref="InvalidInputException">
    /// It is no such model, or a node would mean something else in that version.
    /// </exception>
    public static GraphProto Read(byte[] model, IReadOnlyCollection<string>? given, string output, int operatorSet)
    {
        ModelProto read = Parse(model);
        HashSet<string> constants = [.. read.Graph.Initializer.Select(constant => constant.Name)];
        ValueInfoProto[] inputs = [.. read.Graph.Input.Where(input => !constants.Contains(input.Name))];
        if ((given is null && inputs.Length != 1) || read.Graph.Output.All(known => known.Name != output))
        {
            throw new InvalidInputException(
                $"The model to include takes {Names(inputs)} and answers {Names(read.Graph.Output)}; expected "
                + $"{(given is null ? "one input" : string.Join(", ", given.Select(name => $"'{name}'")))} and '{output}'.");
        }

        GraphProto part = new() { Input = { inputs }, Output = { read.Graph.Output.First(known => known.Name == output) } };
        HashSet<string> needed = [output];
        foreach (NodeProto node in read.Graph.Node.Reverse().Where(node => node.Output.Any(needed.Contains)))
        {
            needed.UnionWith(Reads(node));
            if (node.OpType == "Constant" && node.Attribute.FirstOrDefault(value => value.Name == "value")?.T is { } constant)
            {
                part.Initializer.Add(new TensorProto(constant) { Name = node.Output[0] });
            }
            else
            {
                part.Node.Insert(0, node);
            }
        }

        part.Initializer.Add(read.Graph.Initializer.Where(constant => needed.Contains(constant.Name)));
        long version = read.OpsetImport.FirstOrDefault(import => IsStandard(import.Domain))?.Version ?? operatorSet;
        Change(part, version, operatorSet);
        return part;
    }

    /// <summary>The graphs inside a node, the bodies of loops and the branches of conditions.</summary>
    public static IEnumerable<GraphProto> GraphsIn(NodeProto node) =>
        node.Attribute.Where(attribute => attribute.G is not null).Select(attribute => attribute.G);

    // What a node needs from the graph around it, and more: names that a graph inside it makes itself.
    private static IEnumerable<string> Reads(NodeProto node) => node.Input.Concat(GraphsIn(node).SelectMany(
        graph => graph.Node.SelectMany(Reads).Concat(graph.Output.Select(output => output.Name))));

    private static void Change(GraphProto graph, long from, int to)
    {
        foreach (NodeProto node in graph.Node)
        {
            if (IsStandard(node.Domain))
            {
                node.Domain = "";
                OperatorSetChanges.Apply(node, from, to, graph.Initializer);
            }

            foreach (GraphProto inner in GraphsIn(node))
            {
                Change(inner, from, to);
            }
        }
    }

    private static ModelProto Parse(byte[] model)
    {
        try
        {
            ModelProto read = ModelProto.Parser.ParseFrom(model);
            return read.Graph is not null ? read : throw new InvalidInputException("The model to include has no graph.");
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new InvalidInputException($"The model to include is not an ONNX file: {error.Message}", error);
        }
    }

    private static bool IsStandard(string domain) => domain is "" or "ai.onnx";

    private static string Names(IEnumerable<ValueInfoProto> values) =>
        string.Join(", ", values.Select(value => $"'{value.Name}'"));
}
