namespace SerLab.Onnx.Operators;

/// <summary>From one element type to another.</summary>
internal static class Conversions
{
    /// <summary>The operator of this kind.</summary>
    public static OperatorEntry[] Entries { get; } = [new("Cast", 6, "A->=", Cast)];

    private static Operator Cast(OperatorNode node)
    {
        OnnxElement element = (OnnxElement)node.Int("to", 0);
        node.Ignore("saturate");
        if (!Enum.IsDefined(element) || element == OnnxElement.String || node.Inputs[0] == OnnxElement.String)
        {
            throw node.Refuse($"from {Elements.Name(node.Inputs[0]!.Value)} to {Elements.Name(element)} is not computed");
        }

        node.Gives = [element];
        return (inputs, workspace) => [Elements.Convert(inputs[0]!, element, workspace)];
    }
}
