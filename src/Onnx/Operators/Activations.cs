using System.Numerics;
using System.Numerics.Tensors;
using SerLab.Core.Kernels;

namespace SerLab.Onnx.Operators;

/// <summary>The functions that stand behind the layers of a network.</summary>
internal static class Activations
{
    /// <summary>The operators of this kind.</summary>
    public static OperatorEntry[] Entries { get; } =
    [
        new("Relu", 6, "F->F", _ => Elementwise.Unary(
            (x, y) => TensorPrimitives.Max(x, 0f, y), (x, y) => TensorPrimitives.Max(x, 0.0, y))),
        new("Sigmoid", 6, "F->F", _ => Elementwise.Unary(TensorPrimitives.Sigmoid, TensorPrimitives.Sigmoid)),
        new("Tanh", 6, "F->F", _ => Elementwise.Unary(TensorPrimitives.Tanh, TensorPrimitives.Tanh)),
        new("LeakyRelu", 6, "F->F", LeakyRelu),
        new("PRelu", 7, "F,F->F", _ => ParametricRelu),
        new("ThresholdedRelu", 10, "F->F", node => Each(node.Float("alpha", 1), (x, alpha) => x > alpha ? x : 0)),
        new("Elu", 6, "F->F", node => Each(node.Float("alpha", 1), (x, alpha) => x < 0 ? alpha * (Math.Exp(x) - 1) : x)),
        new("Celu", 12, "F->F", node => Each(
            node.Float("alpha", 1), (x, alpha) => Math.Max(0, x) + Math.Min(0, alpha * (Math.Exp(x / alpha) - 1)))),
        new("Selu", 6, "F->F", Selu),
        new("Softplus", 1, "F->F", _ => Each(0, (x, _) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))))),
        new("Softsign", 1, "F->F", _ => Each(0, (x, _) => x / (1 + Math.Abs(x)))),
        new("HardSigmoid", 6, "F->F", HardSigmoid),
        new("HardSwish", 14, "F->F", _ => Each(0, (x, _) => x * Math.Clamp((x / 6) + 0.5, 0, 1))),
        new("Mish", 18, "F->F", _ => Each(0, (x, _) => x * Math.Tanh(Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)))))),
        new("Gelu", 20, "F->F", Gelu),
    ];

    // One number belongs to the function: its slope, scale or threshold.
    private static Operator Each(double number, Func<double, double, double> function) => Elementwise.Unary(
        (x, y) =>
        {
            for (int i = 0; i < x.Length; i++)
            {
                y[i] = (float)function(x[i], number);
            }
        },
        (x, y) =>
        {
            for (int i = 0; i < x.Length; i++)
            {
                y[i] = function(x[i], number);
            }
        });

    private static Operator LeakyRelu(OperatorNode node)
    {
        float slope = node.Float("alpha", 0.01f);
        return Elementwise.Unary((x, y) => LeakyRelu(x, slope, y), (x, y) => LeakyRelu(x, (double)slope, y));
    }

    private static void LeakyRelu<T>(ReadOnlySpan<T> x, T slope, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> slopes = new(slope);
        for (int i = 0; i < x.Length; i += Vector<T>.Count)
        {
            Vector<T> values = Lanes.Load(x, i);
            Vector<T> chosen = Vector.ConditionalSelect(Vector.LessThan(values, Vector<T>.Zero), values * slopes, values);
            Lanes.Store(chosen, y, i);
        }
    }

    private static Tensor[] ParametricRelu(Tensor?[] inputs, Workspace workspace)
    {
        Tensor slope = Broadcasting.Expand(inputs[1]!, [.. inputs[0]!.Shape], workspace);
        return Elementwise.Pairs(
            Broadcasting.Each<float, float>((x, a) => x < 0 ? a * x : x),
            Broadcasting.Each<double, double>((x, a) => x < 0 ? a * x : x))([inputs[0], slope], workspace);
    }

    private static Operator Selu(OperatorNode node)
    {
        double gamma = node.Float("gamma", 1.05070102214813232421875f);
        return Each(node.Float("alpha", 1.67326319217681884765625f), (x, alpha) =>
            gamma * (x > 0 ? x : alpha * (Math.Exp(x) - 1)));
    }

    private static Operator HardSigmoid(OperatorNode node)
    {
        double middle = node.Float("beta", 0.5f);
        return Each(node.Float("alpha", 0.2f), (x, slope) => Math.Clamp((slope * x) + middle, 0, 1));
    }

    private static Operator Gelu(OperatorNode node) => node.Choice("approximate", "none", "tanh") == "none"
        ? Each(Math.Sqrt(0.5), (x, scale) => 0.5 * x * (1 + ErrorFunction.Of(x * scale)))
        : Each(Math.Sqrt(2 / Math.PI), (x, scale) => 0.5 * x * (1 + Math.Tanh(scale * (x + (0.044715 * x * x * x)))));
}
