using Google.Protobuf;
using SerLab.Onnx.Protocol;
using AttributeType = SerLab.Onnx.Protocol.AttributeProto.Types.AttributeType;

namespace SerLab.Onnx;

/// <summary>A named constant of an operator, e.g. the kernel of a support vector machine.</summary>
public sealed class OnnxAttribute
{
    private OnnxAttribute(AttributeProto message) => Message = message;

    internal AttributeProto Message { get; }

    /// <summary>A float.</summary>
    public static OnnxAttribute Of(string name, float value) =>
        new(new AttributeProto { Name = name, Type = AttributeType.Float, F = value });

    /// <summary>An integer.</summary>
    public static OnnxAttribute Of(string name, long value) =>
        new(new AttributeProto { Name = name, Type = AttributeType.Int, I = value });

    /// <summary>A string.</summary>
    public static OnnxAttribute Of(string name, string value) =>
        new(new AttributeProto { Name = name, Type = AttributeType.String, S = ByteString.CopyFromUtf8(value) });

    /// <summary>A list of floats.</summary>
    public static OnnxAttribute Of(string name, IEnumerable<float> values) =>
        new(new AttributeProto { Name = name, Type = AttributeType.Floats, Floats = { values } });

    /// <summary>A list of integers.</summary>
    public static OnnxAttribute Of(string name, IEnumerable<long> values) =>
        new(new AttributeProto { Name = name, Type = AttributeType.Ints, Ints = { values } });

    /// <summary>A list of strings.</summary>
    public static OnnxAttribute Of(string name, IEnumerable<string> values) =>
        new(new AttributeProto
        {
            Name = name,
            Type = AttributeType.Strings,
            Strings = { values.Select(ByteString.CopyFromUtf8) }
        });

    /// <summary>A graph inside an operator: the body of a loop.</summary>
    internal static OnnxAttribute Of(string name, GraphProto graph) =>
        new(new AttributeProto { Name = name, Type = AttributeType.Graph, G = graph });
}
