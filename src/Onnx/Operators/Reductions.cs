using System.Numerics;
using System.Numerics.Tensors;

namespace SerLab.Onnx.Operators;

/// <summary>Operators that make one number of many.</summary>
internal static class Reductions
{
    /// <summary>Makes one number of the values of a group.</summary>
    private delegate T Reducer<T>(ReadOnlySpan<T> values);

    /// <summary>The operators of this kind.</summary>
    public static OperatorEntry[] Entries { get; } =
    [
        .. Both("ReduceMax", 18, "E", Max, Max, Max),
        .. Both("ReduceMin", 18, "E", Min, Min, Min),
        .. Both("ReduceMean", 18, "F", Mean, Mean),
        .. Both("ReduceSum", 13, "N", TensorPrimitives.Sum, TensorPrimitives.Sum, TensorPrimitives.Sum),
        .. Both("ReduceProd", 18, "N", Product, Product, Product),
        .. Both("ReduceL1", 18, "N", TensorPrimitives.SumOfMagnitudes, TensorPrimitives.SumOfMagnitudes, SumOfSizes),
        .. Both("ReduceL2", 18, "F", TensorPrimitives.Norm, TensorPrimitives.Norm),
        .. Both("ReduceSumSquare", 18, "N", Squares, Squares, Squares),
        .. Both("ReduceLogSum", 18, "F", LogSum, LogSum),
        .. Both("ReduceLogSumExp", 18, "F", LogSumExp, LogSumExp),
    ];

    // The largest and the smallest of nothing are the ends of the number line.
    private static T Max<T>(ReadOnlySpan<T> values)
        where T : INumber<T> => values.IsEmpty ? T.CreateSaturating(double.NegativeInfinity) : TensorPrimitives.Max(values);

    private static T Min<T>(ReadOnlySpan<T> values)
        where T : INumber<T> => values.IsEmpty ? T.CreateSaturating(double.PositiveInfinity) : TensorPrimitives.Min(values);

    private static T Mean<T>(ReadOnlySpan<T> values)
        where T : INumber<T> => TensorPrimitives.Sum(values) / T.CreateChecked(values.Length);

    private static T Product<T>(ReadOnlySpan<T> values)
        where T : INumber<T> => values.IsEmpty ? T.One : TensorPrimitives.Product(values);

    private static long SumOfSizes(ReadOnlySpan<long> values)
    {
        long sum = 0;
        foreach (long value in values)
        {
            sum += Math.Abs(value);
        }

        return sum;
    }

    private static T Squares<T>(ReadOnlySpan<T> values)
        where T : INumber<T> => TensorPrimitives.Dot(values, values);

    private static T LogSum<T>(ReadOnlySpan<T> values)
        where T : IFloatingPointIeee754<T> => T.Log(TensorPrimitives.Sum(values));

    private static T LogSumExp<T>(ReadOnlySpan<T> values)
        where T : IFloatingPointIeee754<T>
    {
        T largest = values.IsEmpty ? T.Zero : TensorPrimitives.Max(values);
        T sum = T.Zero;
        foreach (T value in values)
        {
            sum += T.Exp(value - largest);
        }

        return largest + T.Log(sum);
    }

    // Axes were an attribute before an operator set, and are an input since.
    private static OperatorEntry[] Both(
        string name, int since, string type, Reducer<float> floats, Reducer<double> doubles, Reducer<long>? integers = null) =>
    [
        new(name, 1, $"{type}->{type}", node => Reduce(node, floats, doubles, integers)) { Until = since - 1 },
        new(name, since, $"{type},int64?->{type}", node => Reduce(node, floats, doubles, integers)),
    ];

    private static Operator Reduce(
        OperatorNode node, Reducer<float> floats, Reducer<double> doubles, Reducer<long>? integers)
    {
        Func<Tensor?[], int[]?> given = Shapes.AxesOf(node, 1);
        bool isKept = node.Flag("keepdims", true);
        bool isNothing = node.Flag("noop_with_empty_axes");
        return (inputs, workspace) =>
        {
            int[] axes = given(inputs) ?? [];
            return axes.Length == 0 && isNothing ? [inputs[0]!] : inputs[0] switch
            {
                Tensor<float> tensor => [Reduce(tensor, axes, isKept, floats, workspace)],
                Tensor<double> tensor => [Reduce(tensor, axes, isKept, doubles, workspace)],
                Tensor<long> tensor => [Reduce(tensor, axes, isKept, integers!, workspace)],
                Tensor<bool> tensor => [Elements.Convert(
                    Reduce(Elements.Convert<long>(tensor, workspace), axes, isKept, integers!, workspace),
                    OnnxElement.Bool,
                    workspace)],
                _ => throw Elements.NotComputed(inputs[0]),
            };
        };
    }

    private static Tensor<T> Reduce<T>(Tensor<T> tensor, int[] axes, bool isKept, Reducer<T> reduce, Workspace workspace)
    {
        bool[] isReduced = new bool[tensor.Rank];
        foreach (int axis in axes.Length == 0 ? Enumerable.Range(0, tensor.Rank) : axes)
        {
            isReduced[Axes.At(axis, tensor.Rank)] = true;
        }

        // Kept axes first, reduced axes last: then every group is one contiguous stretch.
        int[] kept = [.. Enumerable.Range(0, tensor.Rank).Where(d => !isReduced[d])];
        int[] gone = [.. Enumerable.Range(0, tensor.Rank).Where(d => isReduced[d])];
        Tensor<T> grouped = (Tensor<T>)Picking.Permute(tensor, [.. kept, .. gone], workspace);
        int groups = Tensor.Count([.. kept.Select(d => tensor.Shape[d])]);
        int size = Tensor.Count([.. gone.Select(d => tensor.Shape[d])]);
        T[] results = workspace.Rent<T>(groups);
        for (int i = 0; i < groups; i++)
        {
            results[i] = reduce(grouped.Values.Slice(i * size, size));
        }

        int[] shape = [.. tensor.Shape.Select((length, d) => isReduced[d] ? 1 : length).Where((_, d) => isKept || !isReduced[d])];
        return new Tensor<T>(shape, results);
    }
}
