using System.Numerics;
using System.Numerics.Tensors;

namespace SerLab.Onnx.Operators;

/// <summary>Softmax and its logarithm.</summary>
internal static class Softmaxes
{
    // Before this operator set all axes from the given one on were taken as one.
    private const int OneAxis = 13;

    /// <summary>The operators of this kind.</summary>
    public static OperatorEntry[] Entries { get; } =
    [
        new("Softmax", 1, "F->F", node => Softmax(node, isLogarithm: false)),
        new("LogSoftmax", 1, "F->F", node => Softmax(node, isLogarithm: true)),
    ];

    /// <summary>Of rows of a matrix.</summary>
    public static Tensor<float> OfRows(Tensor<float> rows, Workspace workspace) =>
        Rows(rows, rows.Shape[^1], isLogarithm: false, workspace);

    private static Operator Softmax(OperatorNode node, bool isLogarithm)
    {
        bool isOneAxis = node.OperatorSet >= OneAxis;
        int given = node.Int("axis", isOneAxis ? -1 : 1);
        return (inputs, workspace) =>
        {
            Tensor tensor = inputs[0]!;
            int axis = given == tensor.Rank && !isOneAxis ? given : Axes.At(given, Math.Max(1, tensor.Rank));
            int[] order = isOneAxis && tensor.Rank > 0
                ? [.. Enumerable.Range(0, tensor.Rank).Where(d => d != axis), axis]
                : [.. Enumerable.Range(0, tensor.Rank)];
            Tensor last = Picking.Permute(tensor, order, workspace);
            int width = isOneAxis ? last.Shape.LastOrDefault(1) : Tensor.Count([.. tensor.Shape.Skip(axis)]);
            Tensor result = last switch
            {
                Tensor<float> floats => Rows(floats, width, isLogarithm, workspace),
                Tensor<double> doubles => Rows(doubles, width, isLogarithm, workspace),
                _ => throw Elements.NotComputed(last),
            };
            return [Picking.Permute(result, [.. order.Select((_, d) => Array.IndexOf(order, d))], workspace)];
        };
    }

    private static Tensor<T> Rows<T>(Tensor<T> tensor, int width, bool isLogarithm, Workspace workspace)
        where T : IExponentialFunctions<T>, ILogarithmicFunctions<T>, INumber<T>
    {
        T[] results = workspace.Rent<T>(tensor.Length);
        for (int start = 0; start < tensor.Length; start += width)
        {
            ReadOnlySpan<T> values = tensor.Values.Slice(start, width);
            Span<T> target = results.AsSpan(start, width);
            T largest = TensorPrimitives.Max(values);
            TensorPrimitives.Subtract(values, largest, target);
            TensorPrimitives.Exp<T>(target, target);
            T sum = TensorPrimitives.Sum<T>(target);
            if (isLogarithm)
            {
                TensorPrimitives.Subtract(values, largest, target);
                TensorPrimitives.Subtract(target, T.Log(sum), target);
            }
            else
            {
                TensorPrimitives.Divide(target, sum, target);
            }
        }

        return new Tensor<T>([.. tensor.Shape], results);
    }
}
