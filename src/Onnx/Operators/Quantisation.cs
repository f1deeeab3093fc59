using System.Numerics.Tensors;

namespace SerLab.Onnx.Operators;

/// <summary>Values as 8-bit integers with a scale and a zero point, for a whole tensor or along an axis.</summary>
internal static class Quantisation
{
    /// <summary>The operators of this kind.</summary>
    public static OperatorEntry[] Entries { get; } =
    [
        new("QuantizeLinear", 10, "F,F,A?->=", Quantise),
        new("DequantizeLinear", 10, "I,F,I?->F", Dequantise),
    ];

    // (x − zero) · scale.
    private static Operator Dequantise(OperatorNode node)
    {
        int axis = node.Int("axis", 1);
        return (inputs, workspace) =>
        {
            Tensor values = Elements.Convert(inputs[0]!, inputs[1]!.Element, workspace);
            if (inputs.ElementAtOrDefault(2) is { } zero)
            {
                Tensor zeros = Along(Elements.Convert(zero, inputs[1]!.Element, workspace), values, axis);
                values = Elementwise.Subtract([values, zeros], workspace)[0];
            }

            return Elementwise.Multiply([values, Along(inputs[1]!, values, axis)], workspace);
        };
    }

    // round(x / scale) + zero, halves to even, held within the type of the zero point.
    private static Operator Quantise(OperatorNode node)
    {
        int axis = node.Int("axis", 1);
        node.Ignore("saturate");
        OnnxElement element = node.Inputs.ElementAtOrDefault(2) ?? OnnxElement.UInt8;
        (long lowest, long highest) = element switch
        {
            OnnxElement.UInt8 => ((long)byte.MinValue, (long)byte.MaxValue),
            OnnxElement.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            _ => throw node.Refuse($"to {Elements.Name(element)} is not computed"),
        };
        node.Gives = [element];
        return (inputs, workspace) =>
        {
            Tensor scaled = Elementwise.Divide([inputs[0], Along(inputs[1]!, inputs[0]!, axis)], workspace)[0];
            Tensor rounded = Elementwise.Unary(TensorPrimitives.Round, TensorPrimitives.Round)([scaled], workspace)[0];
            if (inputs.ElementAtOrDefault(2) is { } zero)
            {
                Tensor zeros = Along(Elements.Convert(zero, rounded.Element, workspace), rounded, axis);
                rounded = Elementwise.Add([rounded, zeros], workspace)[0];
            }

            Tensor held = Elementwise.Unary(
                (x, y) => TensorPrimitives.Clamp(x, (float)lowest, highest, y),
                (x, y) => TensorPrimitives.Clamp(x, (double)lowest, highest, y))([rounded], workspace)[0];
            return [Elements.Convert(held, element, workspace)];
        };
    }

    // One value for all, or one for each position along the axis.
    private static Tensor Along(Tensor values, Tensor tensor, int axis)
    {
        if (values.Length == 1)
        {
            return values.Reshape([]);
        }

        int[] shape = [.. tensor.Shape.Select(_ => 1)];
        shape[Axes.At(axis, tensor.Rank)] = values.Length;
        return values.Reshape(shape);
    }
}
