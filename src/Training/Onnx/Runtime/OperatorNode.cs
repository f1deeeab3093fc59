using SerLab.Features.Errors;
using SerLab.Training.Onnx.Protocol;

namespace SerLab.Training.Onnx.Runtime;

/// <summary>What an operator is prepared from: its attributes by name, with the defaults of the standard.</summary>
internal sealed class OperatorNode(NodeProto node)
{
    private readonly Dictionary<string, AttributeProto> attributes =
        node.Attribute.GroupBy(a => a.Name).ToDictionary(g => g.Key, g => g.First());

    public string Name => node.Domain is "" or "ai.onnx" ? node.OpType : $"{node.Domain}.{node.OpType}";

    public IReadOnlyList<string> Inputs => node.Input;

    public IReadOnlyList<string> Outputs => node.Output;

    public bool Has(string name) => attributes.ContainsKey(name);

    public float Float(string name, float standard) => attributes.TryGetValue(name, out AttributeProto? a) ? a.F : standard;

    public int Int(string name, int standard) => attributes.TryGetValue(name, out AttributeProto? a) ? checked((int)a.I) : standard;

    public string Text(string name, string standard) =>
        attributes.TryGetValue(name, out AttributeProto? a) ? a.S.ToStringUtf8() : standard;

    public float[] Floats(string name) => attributes.TryGetValue(name, out AttributeProto? a) ? [.. a.Floats] : [];

    public int[] Ints(string name) =>
        attributes.TryGetValue(name, out AttributeProto? a) ? [.. a.Ints.Select(i => checked((int)i))] : [];

    public string[] Texts(string name) =>
        attributes.TryGetValue(name, out AttributeProto? a) ? [.. a.Strings.Select(s => s.ToStringUtf8())] : [];

    /// <summary>An attribute outside of what SerLab can compute.</summary>
    public InvalidInputException Unsupported(string attribute, string value) =>
        new($"The model's operator {Name} has {attribute} '{value}', which SerLab cannot compute.");
}
