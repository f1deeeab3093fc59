namespace SerLab.Training.Onnx.Runtime.Operators;

/// <summary>Operators that work on each element by itself.</summary>
internal static class Elementwise
{
    public static Operator Unary(Func<float, float> function) => inputs =>
    {
        Tensor<float> tensor = (Tensor<float>)inputs[0]!;
        float[] results = new float[tensor.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = function(tensor.Values[i]);
        }

        return [new Tensor<float>(results, [.. tensor.Shape])];
    };

    /// <summary>A function of two tensors; for integers <paramref name="integers"/>, where the operator is defined for them.</summary>
    public static Operator Binary(Func<float, float, float> floats, Func<long, long, long>? integers) => inputs =>
        [inputs.Aggregate((first, second) => (first, second, integers) switch
        {
            (Tensor<float> a, Tensor<float> b, _) => Broadcasting.Zip(a, b, floats),
            (Tensor<long> a, Tensor<long> b, { } function) => Broadcasting.Zip(a, b, function),
            _ => throw new ArgumentException("The operator does not take these element types."),
        })!];

    public static Operator Comparison(Func<float, float, bool> floats, Func<long, long, bool> integers) => inputs =>
        [(inputs[0], inputs[1]) switch
        {
            (Tensor<float> a, Tensor<float> b) => Broadcasting.Zip(a, b, floats),
            (Tensor<long> a, Tensor<long> b) => Broadcasting.Zip(a, b, integers),
            _ => throw new ArgumentException("The operator does not take these element types."),
        }];

    public static Operator Logical(Func<bool, bool, bool> function) => inputs =>
        [Broadcasting.Zip((Tensor<bool>)inputs[0]!, (Tensor<bool>)inputs[1]!, function)];

    public static Tensor[] Where(Tensor?[] inputs)
    {
        Tensor<bool> condition = (Tensor<bool>)inputs[0]!;
        int[] shape = Broadcasting.Shape(condition.Shape, Broadcasting.Shape(inputs[1]!.Shape, inputs[2]!.Shape));
        Tensor<bool> chosen = Broadcasting.Expand(condition, shape);
        return (inputs[1], inputs[2]) switch
        {
            (Tensor<float> a, Tensor<float> b) => [Choose(chosen, Broadcasting.Expand(a, shape), Broadcasting.Expand(b, shape))],
            (Tensor<long> a, Tensor<long> b) => [Choose(chosen, Broadcasting.Expand(a, shape), Broadcasting.Expand(b, shape))],
            _ => throw new ArgumentException("The operator does not take these element types."),
        };
    }

    private static Tensor<T> Choose<T>(Tensor<bool> condition, Tensor<T> yes, Tensor<T> no)
    {
        T[] results = new T[condition.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = condition.Values[i] ? yes.Values[i] : no.Values[i];
        }

        return new Tensor<T>(results, [.. condition.Shape]);
    }
}
