using SerLab.Core;
using SerLab.Onnx.Protocol;

namespace SerLab.Onnx.Operators;

/// <summary>What an operator is prepared from: its attributes by name, with the defaults of the standard.</summary>
/// <param name="node">The node.</param>
/// <param name="prepare">Prepares a graph inside the node.</param>
internal sealed class OperatorNode(NodeProto node, Func<GraphProto, ISubgraph> prepare)
{
    private readonly Dictionary<string, AttributeProto> attributes =
        node.Attribute.GroupBy(a => a.Name).ToDictionary(g => g.Key, g => g.First());

    private string[]? inputs;

    public string Name => node.Domain is "" or "ai.onnx" ? node.OpType : $"{node.Domain}.{node.OpType}";

    /// <summary>The inputs that the node names, then those that a graph inside it takes from the outer graph.</summary>
    public IReadOnlyList<string> Inputs => inputs ??= [.. node.Input, .. ImplicitInputs];

    /// <summary>The tensors of the outer graph that a graph inside the node uses.</summary>
    public IReadOnlyList<string> ImplicitInputs { get; } =
        [.. node.Attribute.Where(a => a.G is not null).SelectMany(a => OuterNames(a.G)).Distinct()];

    public IReadOnlyList<string> Outputs => node.Output;

    public bool Has(string name) => attributes.ContainsKey(name);

    public float Float(string name, float standard) => attributes.TryGetValue(name, out AttributeProto? a) ? a.F : standard;

    public int Int(string name, int standard) =>
        attributes.TryGetValue(name, out AttributeProto? a) ? checked((int)a.I) : standard;

    public string Text(string name, string standard) =>
        attributes.TryGetValue(name, out AttributeProto? a) ? a.S.ToStringUtf8() : standard;

    public float[] Floats(string name) => attributes.TryGetValue(name, out AttributeProto? a) ? [.. a.Floats] : [];

    public int[] Ints(string name) =>
        attributes.TryGetValue(name, out AttributeProto? a) ? [.. a.Ints.Select(i => checked((int)i))] : [];

    public string[] Texts(string name) =>
        attributes.TryGetValue(name, out AttributeProto? a) ? [.. a.Strings.Select(s => s.ToStringUtf8())] : [];

    public GraphProto? Graph(string name) => attributes.TryGetValue(name, out AttributeProto? a) ? a.G : null;

    /// <summary>A graph inside the node, ready to run.</summary>
    public ISubgraph Prepare(GraphProto graph) => prepare(graph);

    /// <summary>An attribute outside of what SerLab can compute.</summary>
    public InvalidInputException Unsupported(string attribute, string value) =>
        new($"The model's operator {Name} has {attribute} '{value}', which SerLab cannot compute.");

    private static IEnumerable<string> OuterNames(GraphProto graph)
    {
        HashSet<string> own = [.. graph.Input.Select(input => input.Name), .. graph.Initializer.Select(tensor => tensor.Name)];
        foreach (NodeProto inner in graph.Node)
        {
            IEnumerable<string> nested = inner.Attribute.Where(a => a.G is not null).SelectMany(a => OuterNames(a.G));
            foreach (string name in inner.Input.Concat(nested))
            {
                if (name.Length > 0 && own.Add(name))
                {
                    yield return name;
                }
            }

            own.UnionWith(inner.Output);
        }
    }
}
