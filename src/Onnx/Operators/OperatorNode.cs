using SerLab.Onnx.Protocol;

namespace SerLab.Onnx.Operators;

/// <summary>
/// What an operator is prepared from: its attributes by name, with the defaults of the standard. Attributes that nothing asks for
/// are unknown here, and refused.
/// </summary>
/// <param name="node">The node.</param>
/// <param name="operatorSet">Version of the operator set that it is of.</param>
/// <param name="prepare">Prepares a graph inside the node, given the element types of its inputs.</param>
internal sealed class OperatorNode(
    NodeProto node, int operatorSet, Func<GraphProto, IReadOnlyList<OnnxElement>, ISubgraph> prepare)
{
    private readonly Dictionary<string, AttributeProto> attributes =
        node.Attribute.GroupBy(a => a.Name).ToDictionary(g => g.Key, g => g.First());

    private readonly HashSet<string> read = [];

    public string Name => node.Domain is "" or "ai.onnx" ? node.OpType : $"{node.Domain}.{node.OpType}";

    public int OperatorSet => operatorSet;

    /// <summary>Element types of the inputs as the kernel sees them; none where one is missing.</summary>
    public IReadOnlyList<OnnxElement?> Inputs { get; set; } = [];

    /// <summary>Element types of the outputs, where the node decides them.</summary>
    public IReadOnlyList<OnnxElement> Gives { get; set; } = [];

    /// <summary>Number of outputs up to the last that is used.</summary>
    public int OutputCount { get; } = node.Output.Count - node.Output.Reverse().TakeWhile(name => name.Length == 0).Count();

    /// <summary>An attribute that was given, but that nothing has asked for.</summary>
    public string? Unread => attributes.Keys.FirstOrDefault(name => !read.Contains(name));

    public bool Has(string name) => Find(name) is not null;

    /// <summary>Marks attributes as known that change nothing of what is computed.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            read.Add(name);
        }
    }

    public float Float(string name, float standard) => Find(name)?.F ?? standard;

    public int Int(string name, int standard) => Find(name) is { } a ? checked((int)a.I) : standard;

    public bool Flag(string name, bool standard = false) => Int(name, standard ? 1 : 0) != 0;

    public string Text(string name, string standard) => Find(name) is { } a ? a.S.ToStringUtf8() : standard;

    /// <summary>The text of an attribute, one of those that are known.</summary>
    public string Choice(string name, string standard, params ReadOnlySpan<string> others)
    {
        string value = Text(name, standard);
        return value == standard || others.Contains(value) ? value : throw Unsupported(name, value);
    }

    public float[] Floats(string name) => Find(name) is { } a ? [.. a.Floats] : [];

    public int[] Ints(string name) => Find(name) is { } a ? [.. a.Ints.Select(Clamped)] : [];

    public long Integer(string name) => Find(name)?.I ?? 0;

    public long[] Integers(string name) => Find(name) is { } a ? [.. a.Ints] : [];

    public string[] Texts(string name) => Find(name) is { } a ? [.. a.Strings.Select(s => s.ToStringUtf8())] : [];

    public Tensor? Tensor(string name) => Find(name) is { T: { } tensor } ? TensorReader.Read(tensor) : null;

    /// <summary>A graph inside the node, ready to run.</summary>
    public ISubgraph Subgraph(string name, params IReadOnlyList<OnnxElement> inputs) =>
        prepare(Find(name)?.G ?? throw Refuse($"has no {name}"), inputs);

    /// <summary>An attribute outside of what SerLab can compute.</summary>
    public OnnxRefusedException Unsupported(string attribute, string value) =>
        Refuse($"has {attribute} '{value}', which SerLab does not compute");

    /// <summary>Anything else that SerLab does not compute.</summary>
    public OnnxRefusedException Refuse(string reason) => new($"operator {Name} of operator set {operatorSet}", reason);

    private static int Clamped(long value) => (int)Math.Clamp(value, int.MinValue, int.MaxValue);

    private AttributeProto? Find(string name)
    {
        read.Add(name);
        AttributeProto? attribute = attributes.GetValueOrDefault(name);
        return attribute is { RefAttrName.Length: > 0 } ? throw Refuse($"takes {name} from a function") : attribute;
    }
}
