namespace SerLab.Onnx.Operators;

/// <summary>Comparisons, and what is made of truth values.</summary>
internal static class Logic
{
    /// <summary>The operators of this kind.</summary>
    public static OperatorEntry[] Entries { get; } =
    [
        new("And", 7, "bool,bool->bool", _ => Pairs<bool>((a, b) => a && b)),
        new("Or", 7, "bool,bool->bool", _ => Pairs<bool>((a, b) => a || b)),
        new("Xor", 7, "bool,bool->bool", _ => Pairs<bool>((a, b) => a != b)),
        new("Not", 1, "bool->bool", _ => (inputs, workspace) =>
            Pairs<bool>((a, _) => !a)([inputs[0], inputs[0]], workspace)),
        new("Equal", 7, "E,E->bool", _ => (inputs, workspace) => inputs[0] is Tensor<bool>
            ? Pairs<bool>((a, b) => a == b)(inputs, workspace)
            : Compare((a, b) => a == b, (a, b) => a == b, (a, b) => a == b)(inputs, workspace)),
        new("Greater", 7, "N,N->bool", _ => Compare((a, b) => a > b, (a, b) => a > b, (a, b) => a > b)),
        new("GreaterOrEqual", 12, "N,N->bool", _ => Compare((a, b) => a >= b, (a, b) => a >= b, (a, b) => a >= b)),
        new("Less", 7, "N,N->bool", _ => Compare((a, b) => a < b, (a, b) => a < b, (a, b) => a < b)),
        new("LessOrEqual", 12, "N,N->bool", _ => Compare((a, b) => a <= b, (a, b) => a <= b, (a, b) => a <= b)),
        new("IsNaN", 9, "F->bool", _ => (inputs, workspace) =>
            Compare((a, _) => float.IsNaN(a), (a, _) => double.IsNaN(a), (_, _) => false)([inputs[0], inputs[0]], workspace)),
        new("Where", 9, "bool,A,A->A", _ => Where),
    ];

    private static Operator Pairs<T>(Func<T, T, bool> function) => (inputs, workspace) =>
        [Broadcasting.Zip((Tensor<T>)inputs[0]!, (Tensor<T>)inputs[1]!, Broadcasting.Each(function), workspace)];

    private static Operator Compare(
        Func<float, float, bool> floats, Func<double, double, bool> doubles, Func<long, long, bool> integers) =>
        (inputs, workspace) => (inputs[0] switch
        {
            Tensor<float> => Pairs(floats),
            Tensor<double> => Pairs(doubles),
            _ => Pairs(integers),
        })(inputs, workspace);

    private static Tensor[] Where(Tensor?[] inputs, Workspace workspace)
    {
        int[] shape = Broadcasting.Shape(inputs[0]!.Shape, Broadcasting.Shape(inputs[1]!.Shape, inputs[2]!.Shape));
        Tensor[] whole = Array.ConvertAll(inputs, tensor => Broadcasting.Expand(tensor!, shape, workspace));
        return [whole[1].Apply(new Choice((Tensor<bool>)whole[0], whole[2], workspace))];
    }

    private sealed class Choice(Tensor<bool> condition, Tensor otherwise, Workspace workspace) : ITensorFunction
    {
        public Tensor Of<T>(Tensor<T> tensor)
        {
            ReadOnlySpan<T> no = ((Tensor<T>)otherwise).Values;
            T[] results = workspace.Rent<T>(tensor.Length);
            for (int i = 0; i < no.Length; i++)
            {
                results[i] = condition.Values[i] ? tensor.Values[i] : no[i];
            }

            return new Tensor<T>([.. tensor.Shape], results);
        }
    }
}
