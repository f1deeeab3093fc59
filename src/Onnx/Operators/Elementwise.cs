using System.Numerics.Tensors;

namespace SerLab.Onnx.Operators;

/// <summary>Computes a stretch of results from as many values.</summary>
internal delegate void Kernel<T>(ReadOnlySpan<T> values, Span<T> results);

/// <summary>Operators that work on each element by itself.</summary>
internal static class Elementwise
{
    public static Operator Unary(Kernel<float> floats, Kernel<double> doubles) => inputs => inputs[0] switch
    {
        Tensor<float> tensor => [Map(tensor, floats)],
        Tensor<double> tensor => [Map(tensor, doubles)],
        _ => throw WrongElement(),
    };

    /// <summary>
    /// A function of two or more tensors; for integers <paramref name="integers"/>, where the operator is defined for them.
    /// </summary>
    public static Operator Binary(
        PairKernel<float, float> floats, PairKernel<double, double> doubles, PairKernel<long, long>? integers) => inputs =>
        [inputs.Aggregate((first, second) => (first, second, integers) switch
        {
            (Tensor<float> a, Tensor<float> b, _) => Broadcasting.Zip(a, b, floats),
            (Tensor<double> a, Tensor<double> b, _) => Broadcasting.Zip(a, b, doubles),
            (Tensor<long> a, Tensor<long> b, { } kernel) => Broadcasting.Zip(a, b, kernel),
            _ => throw WrongElement(),
        })!];

    /// <summary>Values within two bounds, each of which may be missing.</summary>
    public static Tensor[] Clip(Tensor?[] inputs)
    {
        Tensor values = inputs[0]!;
        if (inputs.ElementAtOrDefault(1) is { } lowest)
        {
            values = Binary(TensorPrimitives.Max, TensorPrimitives.Max, TensorPrimitives.Max)([values, lowest])[0];
        }

        return inputs.ElementAtOrDefault(2) is { } highest
            ? Binary(TensorPrimitives.Min, TensorPrimitives.Min, TensorPrimitives.Min)([values, highest])
            : [values];
    }

    public static Operator Comparison(
        Func<float, float, bool> floats, Func<double, double, bool> doubles, Func<long, long, bool> integers) =>
        inputs => [(inputs[0], inputs[1]) switch
        {
            (Tensor<float> a, Tensor<float> b) => Broadcasting.Zip(a, b, Broadcasting.Each(floats)),
            (Tensor<double> a, Tensor<double> b) => Broadcasting.Zip(a, b, Broadcasting.Each(doubles)),
            (Tensor<long> a, Tensor<long> b) => Broadcasting.Zip(a, b, Broadcasting.Each(integers)),
            _ => throw WrongElement(),
        }];

    public static Operator Logical(Func<bool, bool, bool> function) => inputs =>
        [Broadcasting.Zip((Tensor<bool>)inputs[0]!, (Tensor<bool>)inputs[1]!, Broadcasting.Each(function))];

    public static Tensor[] Not(Tensor?[] inputs)
    {
        Tensor<bool> tensor = (Tensor<bool>)inputs[0]!;
        return [new Tensor<bool>(Array.ConvertAll(tensor.Values.ToArray(), value => !value), [.. tensor.Shape])];
    }

    /// <summary>The remainder of whole numbers, with the sign of the divisor.</summary>
    public static Tensor[] Remainder(Tensor?[] inputs) =>
    [
        Broadcasting.Zip(
            (Tensor<long>)inputs[0]!, (Tensor<long>)inputs[1]!, Broadcasting.Each<long, long>((a, b) => ((a % b) + b) % b)),
    ];

    public static Tensor[] Where(Tensor?[] inputs)
    {
        Tensor<bool> condition = (Tensor<bool>)inputs[0]!;
        int[] shape = Broadcasting.Shape(condition.Shape, Broadcasting.Shape(inputs[1]!.Shape, inputs[2]!.Shape));
        Tensor<bool> chosen = Broadcasting.Expand(condition, shape);
        return (inputs[1], inputs[2]) switch
        {
            (Tensor<float> a, Tensor<float> b) => [Choose(chosen, a, b, shape)],
            (Tensor<double> a, Tensor<double> b) => [Choose(chosen, a, b, shape)],
            (Tensor<long> a, Tensor<long> b) => [Choose(chosen, a, b, shape)],
            _ => throw WrongElement(),
        };
    }

    private static Tensor<T> Map<T>(Tensor<T> tensor, Kernel<T> kernel)
    {
        T[] results = new T[tensor.Length];

        // Some kernels refuse to have nothing to do.
        if (tensor.Length > 0)
        {
            kernel(tensor.Values, results);
        }

        return new Tensor<T>(results, [.. tensor.Shape]);
    }

    private static Tensor<T> Choose<T>(Tensor<bool> condition, Tensor<T> yes, Tensor<T> no, int[] shape)
    {
        ReadOnlySpan<T> first = Broadcasting.Expand(yes, shape).Values;
        ReadOnlySpan<T> second = Broadcasting.Expand(no, shape).Values;
        T[] results = new T[condition.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = condition.Values[i] ? first[i] : second[i];
        }

        return new Tensor<T>(results, shape);
    }

    private static ArgumentException WrongElement() => new("The operator does not take these element types.");
}
