namespace SerLab.Onnx.Operators;

/// <summary>Tensors that come from the file or from a shape.</summary>
internal static class Constants
{
    /// <summary>The operators of this kind.</summary>
    public static OperatorEntry[] Entries { get; } =
    [
        new("Constant", 1, "->=", Constant),
        new("ConstantOfShape", 9, "I->=", ConstantOfShape),
        new("Range", 11, "N,N,N->N", _ => Range),
    ];

    private static Operator Constant(OperatorNode node)
    {
        Tensor? value = node.Tensor("value")
            ?? (node.Has("value_float") ? new Tensor<float>([node.Float("value_float", 0)]) : null)
            ?? (node.Has("value_floats") ? List(node.Floats("value_floats")) : null)
            ?? (node.Has("value_int") ? new Tensor<long>([node.Integer("value_int")]) : null)
            ?? (node.Has("value_ints") ? List(node.Integers("value_ints")) : null)
            ?? (node.Has("value_string") ? new Tensor<string>([node.Text("value_string", "")]) : null)
            ?? (node.Has("value_strings") ? List(node.Texts("value_strings")) : (Tensor?)null);
        if (value is null)
        {
            throw node.Refuse("has no value that SerLab knows");
        }

        node.Gives = [value.Element];
        return (_, _) => [value];
    }

    private static Tensor<T> List<T>(T[] values) => new(values, values.Length);

    private static Operator ConstantOfShape(OperatorNode node)
    {
        Tensor value = node.Tensor("value") ?? new Tensor<float>([0], 1);
        node.Gives = [value.Element];
        return (inputs, workspace) =>
        {
            int[] shape = Axes.Ints(inputs[0]);
            workspace.Require(shape);
            return [Broadcasting.Expand(value.Reshape([]), shape, workspace)];
        };
    }

    private static Tensor[] Range(Tensor?[] inputs, Workspace workspace)
    {
        Tensor<double>[] numbers = Array.ConvertAll(inputs, tensor => Elements.Convert<double>(tensor!, workspace));
        (double start, double limit, double step) = (numbers[0].Values[0], numbers[1].Values[0], numbers[2].Values[0]);
        int count = checked((int)Math.Max(0, Math.Ceiling((limit - start) / step)));
        double[] values = workspace.Rent<double>(count);
        for (int i = 0; i < count; i++)
        {
            values[i] = start + (i * step);
        }

        return [Elements.Convert(new Tensor<double>([count], values), inputs[0]!.Element, workspace)];
    }
}
