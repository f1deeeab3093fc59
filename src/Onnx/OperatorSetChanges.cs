using Google.Protobuf.Collections;
using SerLab.Core;
using SerLab.Onnx.Protocol;

namespace SerLab.Onnx;

/// <summary>
/// Writes nodes of one operator set as another has them, where they can be written so (the ONNX project's Changelog.md lists what
/// changed in which set).
/// </summary>
internal static class OperatorSetChanges
{
    // Attributes that became inputs, in the order of these.
    private static readonly ILookup<string, (int Since, string[] Names)> BecameInputs =
        ((IEnumerable<(string Operator, int Since, string[] Names)>)
        [
            ("Slice", 10, ["starts", "ends", "axes"]),
            ("TopK", 10, ["k"]),
            ("Clip", 11, ["min", "max"]),
            ("Pad", 11, ["pads", "value"]),
            ("Dropout", 12, ["ratio"]),
            ("ReduceSum", 13, ["axes"]),
            ("Squeeze", 13, ["axes"]),
            ("Unsqueeze", 13, ["axes"]),
            ("Split", 13, ["split"]),
            ("ReduceMax", 18, ["axes"]),
            ("ReduceMin", 18, ["axes"]),
            ("ReduceMean", 18, ["axes"]),
            ("ReduceProd", 18, ["axes"]),
            ("ReduceL1", 18, ["axes"]),
            ("ReduceL2", 18, ["axes"]),
            ("ReduceLogSum", 18, ["axes"]),
            ("ReduceLogSumExp", 18, ["axes"]),
            ("ReduceSumSquare", 18, ["axes"]),
        ]).ToLookup(change => change.Operator, change => (change.Since, change.Names));

    // The same node means something else from that set on, or is not there before it, or no longer.
    private static readonly ILookup<string, int> NewMeaning =
        ((IEnumerable<(string Operator, int Since)>)
        [
            ("BatchNormalization", 9), ("Upsample", 10), ("Resize", 11), ("Scatter", 11), ("Softmax", 13), ("LogSoftmax", 13),
            ("Hardmax", 13), ("BitwiseAnd", 18), ("BitwiseNot", 18), ("BitwiseOr", 18), ("BitwiseXor", 18), ("CenterCropPad", 18),
            ("Col2Im", 18), ("GroupNormalization", 18), ("Mish", 18), ("DeformConv", 19), ("AffineGrid", 20), ("Gelu", 20),
        ]).ToLookup(change => change.Operator, change => change.Since);

    // What a node may have as of a set after those that SerLab writes.
    private static readonly ILookup<string, string> NewAttributes =
        ((IEnumerable<(string Operator, string Attribute)>)
        [
            ("Split", "num_outputs"), ("Resize", "axes"), ("Resize", "antialias"), ("Resize", "keep_aspect_ratio_policy"),
            ("AveragePool", "dilations"),
        ]).ToLookup(change => change.Operator, change => change.Attribute);

    /// <summary>Changes a node, and adds to the constants what became an input.</summary>
    /// <param name="node">A node of the standard operators.</param>
    /// <param name="from">The operator set that it is of.</param>
    /// <param name="to">The operator set that it is to be of.</param>
    /// <param name="constants">All constants of the graph.</param>
    /// <exception cref="InvalidInputException">It cannot be written so.</exception>
    public static void Apply(NodeProto node, long from, int to, RepeatedField<TensorProto> constants)
    {
        if (from == to)
        {
            return;
        }

        if (NewMeaning[node.OpType].Any(since => Crosses(since, from, to))
            || node.Attribute.Any(attribute => from > to && NewAttributes[node.OpType].Contains(attribute.Name))
            || (from > to && node is { OpType: "Pad", Input.Count: > 3 }))
        {
            throw new InvalidInputException(
                $"The model to include has the operator {node.OpType} of operator set {from}, which means something else in {to} "
                + $"or is not there; export that model with operator set {to}.");
        }

        foreach ((int since, string[] names) in BecameInputs[node.OpType])
        {
            if (from < since && to >= since)
            {
                ToInputs(node, names, constants);
            }
            else if (from >= since && to < since)
            {
                ToAttribute(node, names[0], constants);
            }
        }
    }

    private static bool Crosses(int since, long from, int to) => (from < since) != (to < since);

    private static void ToInputs(NodeProto node, string[] names, RepeatedField<TensorProto> constants)
    {
        List<string> inputs = [];
        foreach (string name in names)
        {
            AttributeProto? attribute = node.Attribute.FirstOrDefault(given => given.Name == name);
            inputs.Add(attribute is null ? "" : $"{node.Output[0]}/{name}");
            if (attribute is not null)
            {
                node.Attribute.Remove(attribute);
                constants.Add(Constant(inputs[^1], attribute));
            }
        }

        node.Input.Add(inputs.Take(inputs.FindLastIndex(input => input.Length > 0) + 1));
    }

    private static TensorProto Constant(string name, AttributeProto attribute) => attribute.Type switch
    {
        AttributeProto.Types.AttributeType.Float =>
            new() { Name = name, DataType = (int)OnnxElement.Float, FloatData = { attribute.F } },
        AttributeProto.Types.AttributeType.Int =>
            new() { Name = name, DataType = (int)OnnxElement.Int64, Dims = { 1 }, Int64Data = { attribute.I } },
        _ => new()
        {
            Name = name,
            DataType = (int)OnnxElement.Int64,
            Dims = { attribute.Ints.Count },
            Int64Data = { attribute.Ints },
        },
    };

    private static void ToAttribute(NodeProto node, string name, RepeatedField<TensorProto> constants)
    {
        if (node.Input.Count < 2 || node.Input[1].Length == 0)
        {
            return;
        }

        TensorProto values = constants.FirstOrDefault(constant => constant.Name == node.Input[1])
            ?? throw new InvalidInputException(
                $"The model to include computes the {name} of its operator {node.OpType}; they must be constants here.");
        Tensor<long> read = (Tensor<long>)TensorReader.Read(values);
        node.Input.RemoveAt(1);
        node.Attribute.Add(OnnxAttribute.Of(name, read.Values.ToArray().AsEnumerable()).Message);
    }
}
