using System.Numerics;
using System.Numerics.Tensors;

namespace SerLab.Onnx.Operators;

/// <summary>Computes a stretch of results from as many values.</summary>
internal delegate void Kernel<T>(ReadOnlySpan<T> values, Span<T> results);

/// <summary>Arithmetic on each element by itself, or on pairs of them.</summary>
internal static class Elementwise
{
    /// <summary>a + b.</summary>
    public static Operator Add { get; } = Pairs(TensorPrimitives.Add, TensorPrimitives.Add, TensorPrimitives.Add);

    /// <summary>a − b.</summary>
    public static Operator Subtract { get; } =
        Pairs(TensorPrimitives.Subtract, TensorPrimitives.Subtract, TensorPrimitives.Subtract);

    /// <summary>a · b.</summary>
    public static Operator Multiply { get; } =
        Pairs(TensorPrimitives.Multiply, TensorPrimitives.Multiply, TensorPrimitives.Multiply);

    /// <summary>a / b.</summary>
    public static Operator Divide { get; } = Pairs(TensorPrimitives.Divide, TensorPrimitives.Divide, TensorPrimitives.Divide);

    private static Operator Largest { get; } = Pairs(TensorPrimitives.Max, TensorPrimitives.Max, TensorPrimitives.Max);

    private static Operator Smallest { get; } = Pairs(TensorPrimitives.Min, TensorPrimitives.Min, TensorPrimitives.Min);

    /// <summary>The operators of this kind.</summary>
    public static OperatorEntry[] Entries { get; } =
    [
        new("Abs", 6, "N->N", _ => Unary(TensorPrimitives.Abs, TensorPrimitives.Abs, TensorPrimitives.Abs)),
        new("Acos", 7, "F->F", _ => Unary(TensorPrimitives.Acos, TensorPrimitives.Acos)),
        new("Acosh", 9, "F->F", _ => Unary(TensorPrimitives.Acosh, TensorPrimitives.Acosh)),
        new("Asin", 7, "F->F", _ => Unary(TensorPrimitives.Asin, TensorPrimitives.Asin)),
        new("Asinh", 9, "F->F", _ => Unary(TensorPrimitives.Asinh, TensorPrimitives.Asinh)),
        new("Atan", 7, "F->F", _ => Unary(TensorPrimitives.Atan, TensorPrimitives.Atan)),
        new("Atanh", 9, "F->F", _ => Unary(TensorPrimitives.Atanh, TensorPrimitives.Atanh)),
        new("Ceil", 6, "F->F", _ => Unary(TensorPrimitives.Ceiling, TensorPrimitives.Ceiling)),
        new("Cos", 7, "F->F", _ => Unary(TensorPrimitives.Cos, TensorPrimitives.Cos)),
        new("Cosh", 9, "F->F", _ => Unary(TensorPrimitives.Cosh, TensorPrimitives.Cosh)),
        new("Erf", 9, "F->F", _ => Unary(ErrorFunction.Of, ErrorFunction.Of)),
        new("Exp", 6, "F->F", _ => Unary(TensorPrimitives.Exp, TensorPrimitives.Exp)),
        new("Floor", 6, "F->F", _ => Unary(TensorPrimitives.Floor, TensorPrimitives.Floor)),
        new("Log", 6, "F->F", _ => Unary(TensorPrimitives.Log, TensorPrimitives.Log)),
        new("Neg", 6, "N->N", _ => Unary(TensorPrimitives.Negate, TensorPrimitives.Negate, TensorPrimitives.Negate)),
        new("Reciprocal", 6, "F->F", _ => Unary(TensorPrimitives.Reciprocal, TensorPrimitives.Reciprocal)),
        new("Round", 11, "F->F", _ => Unary(TensorPrimitives.Round, TensorPrimitives.Round)),
        new("Sign", 9, "N->N", _ => Unary(Sign, Sign, Sign)),
        new("Sin", 7, "F->F", _ => Unary(TensorPrimitives.Sin, TensorPrimitives.Sin)),
        new("Sinh", 9, "F->F", _ => Unary(TensorPrimitives.Sinh, TensorPrimitives.Sinh)),
        new("Sqrt", 6, "F->F", _ => Unary(TensorPrimitives.Sqrt, TensorPrimitives.Sqrt)),
        new("Tan", 7, "F->F", _ => Unary(TensorPrimitives.Tan, TensorPrimitives.Tan)),
        new("Add", 7, "N,N->N", _ => Add),
        new("Div", 7, "N,N->N", _ => Divide),
        new("Mul", 7, "N,N->N", _ => Multiply),
        new("Sub", 7, "N,N->N", _ => Subtract),
        new("Max", 8, "N,N*->N", _ => Largest),
        new("Min", 8, "N,N*->N", _ => Smallest),
        new("Sum", 8, "F,F*->F", _ => Add),
        new("Mean", 8, "F,F*->F", _ => Mean),
        new("Pow", 7, "N,N2->N", _ => Power),
        new("Mod", 10, "N,N->N", Remainder),
        new("Clip", 6, "F->F", ClipToAttributes) { Until = 10 },
        new("Clip", 11, "N,N?,N?->N", _ => Clip),
    ];

    /// <summary>A function of each element; on integers where it is given for them.</summary>
    public static Operator Unary(Kernel<float> floats, Kernel<double> doubles, Kernel<long>? integers = null) =>
        (inputs, workspace) => [inputs[0] switch
        {
            Tensor<float> tensor => Map(tensor, floats, workspace),
            Tensor<double> tensor => Map(tensor, doubles, workspace),
            Tensor<long> tensor => Map(tensor, integers!, workspace),
            _ => throw Elements.NotComputed(inputs[0]),
        }];

    /// <summary>A function of two tensors, or of more from the left on.</summary>
    public static Operator Pairs(
        PairKernel<float, float> floats, PairKernel<double, double> doubles, PairKernel<long, long>? integers = null) =>
        (inputs, workspace) => [inputs.Aggregate((first, second) => (first, second) switch
        {
            (Tensor<float> a, Tensor<float> b) => Broadcasting.Zip(a, b, floats, workspace),
            (Tensor<double> a, Tensor<double> b) => Broadcasting.Zip(a, b, doubles, workspace),
            (Tensor<long> a, Tensor<long> b) => Broadcasting.Zip(a, b, integers!, workspace),
            _ => throw Elements.NotComputed(first, second),
        })!];

    private static Tensor<T> Map<T>(Tensor<T> tensor, Kernel<T> kernel, Workspace workspace)
    {
        T[] results = workspace.RentOver(tensor);

        // Some kernels refuse to have nothing to do.
        if (tensor.Length > 0)
        {
            kernel(tensor.Values, results.AsSpan(0, tensor.Length));
        }

        return new Tensor<T>([.. tensor.Shape], results);
    }

    private static void Sign<T>(ReadOnlySpan<T> values, Span<T> results)
        where T : INumber<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            results[i] = T.IsNaN(values[i]) ? values[i] : T.CreateChecked(T.Sign(values[i]));
        }
    }

    private static Tensor[] Mean(Tensor?[] inputs, Workspace workspace)
    {
        Tensor[] sum = Add(inputs, workspace);
        return Unary(
            (x, y) => TensorPrimitives.Divide(x, inputs.Length, y),
            (x, y) => TensorPrimitives.Divide(x, inputs.Length, y))(sum, workspace);
    }

    // Powers of integers are cut off; whole powers of floats are exact for what a float holds.
    private static Tensor[] Power(Tensor?[] inputs, Workspace workspace)
    {
        (Tensor first, Tensor second) = (inputs[0]!, inputs[1]!);
        if (first is Tensor<float> floats && second is Tensor<float> { Length: 1 } exponent && exponent.Values[0] == 2)
        {
            return [Map(floats, (x, y) => TensorPrimitives.Multiply(x, x, y), workspace).Reshape(
                Broadcasting.Shape(first.Shape, second.Shape))];
        }

        Tensor power = first is Tensor<float> a
            ? Broadcasting.Zip(
                a, Elements.Convert<float>(second, workspace), Broadcasting.Each<float, float>(MathF.Pow), workspace)
            : Broadcasting.Zip(
                Elements.Convert<double>(first, workspace),
                Elements.Convert<double>(second, workspace),
                Broadcasting.Each<double, double>(Math.Pow),
                workspace);
        return [Elements.Convert(power, first.Element, workspace)];
    }

    // The remainder has the sign of the divisor; with fmod, as in C, that of the dividend.
    private static Operator Remainder(OperatorNode node)
    {
        bool isLikeC = node.Flag("fmod");
        if (!isLikeC && node.Inputs[0] != OnnxElement.Int64)
        {
            throw node.Unsupported("fmod", "0 for floats");
        }

        return Pairs(
            Broadcasting.Each<float, float>((a, b) => a % b),
            Broadcasting.Each<double, double>((a, b) => a % b),
            Broadcasting.Each<long, long>(isLikeC ? (a, b) => a % b : (a, b) => ((a % b) + b) % b));
    }

    private static Operator ClipToAttributes(OperatorNode node)
    {
        (float lowest, float highest) = (node.Float("min", float.MinValue), node.Float("max", float.MaxValue));
        return Unary(
            (x, y) => TensorPrimitives.Clamp(x, lowest, highest, y),
            (x, y) => TensorPrimitives.Clamp(x, (double)lowest, highest, y));
    }

    private static Tensor[] Clip(Tensor?[] inputs, Workspace workspace)
    {
        Tensor values = inputs[0]!;
        if (inputs.ElementAtOrDefault(1) is { } lowest)
        {
            values = Largest([values, lowest], workspace)[0];
        }

        return inputs.ElementAtOrDefault(2) is { } highest
            ? Smallest([values, highest], workspace)
            : [values];
    }
}
