using System.Numerics;
using System.Numerics.Tensors;

namespace SerLab.Onnx.Operators;

/// <summary>Operators that make one number of many.</summary>
internal static class Reductions
{
    /// <summary>Makes one number of the values of a group.</summary>
    public delegate T Reducer<T>(ReadOnlySpan<T> values);

    public static T Sum<T>(ReadOnlySpan<T> values)
        where T : INumber<T> => TensorPrimitives.Sum(values);

    public static T Mean<T>(ReadOnlySpan<T> values)
        where T : INumber<T> => TensorPrimitives.Sum(values) / T.CreateChecked(values.Length);

    public static T Max<T>(ReadOnlySpan<T> values)
        where T : INumber<T> => TensorPrimitives.Max(values);

    public static T Min<T>(ReadOnlySpan<T> values)
        where T : INumber<T> => TensorPrimitives.Min(values);

    /// <summary>
    /// Reduces over axes, given as an attribute or (ReduceSum of operator set 13) as a second input; none means over all.
    /// </summary>
    public static Operator Reduce(OperatorNode node, Reducer<float> floats, Reducer<double> doubles)
    {
        int[] fixedAxes = node.Ints("axes");
        bool keep = node.Int("keepdims", 1) != 0;
        return inputs =>
        {
            int[] axes = inputs.Length > 1 && inputs[1] is Tensor<long> given ? [.. Shapes.Ints(given)] : fixedAxes;
            return inputs[0] switch
            {
                Tensor<float> tensor => [Reduce(tensor, axes, keep, floats)],
                Tensor<double> tensor => [Reduce(tensor, axes, keep, doubles)],
                _ => throw new ArgumentException("The operator does not take these element types."),
            };
        };
    }

    /// <summary>Softmax along the last axis.</summary>
    public static Operator Softmax(OperatorNode node)
    {
        int axis = node.Int("axis", -1);
        return inputs => inputs[0] switch
        {
            Tensor<float> tensor => [Softmax(LastAxis(node, tensor, axis))],
            Tensor<double> tensor => [Softmax(LastAxis(node, tensor, axis))],
            _ => throw new ArgumentException("The operator does not take these element types."),
        };
    }

    /// <summary>The position of the largest value along the last axis; the first of equals.</summary>
    public static Operator ArgMax(OperatorNode node)
    {
        int axis = node.Int("axis", 0);
        bool keep = node.Int("keepdims", 1) != 0;
        return inputs => inputs[0] switch
        {
            Tensor<float> tensor => [ArgMax(LastAxis(node, tensor, axis), keep)],
            Tensor<double> tensor => [ArgMax(LastAxis(node, tensor, axis), keep)],
            _ => throw new ArgumentException("The operator does not take these element types."),
        };
    }

    /// <summary>Sums of all elements up to each along the last axis; in reverse from each on; exclusive without itself.</summary>
    public static Operator CumulativeSum(OperatorNode node)
    {
        bool exclusive = node.Int("exclusive", 0) != 0;
        bool reverse = node.Int("reverse", 0) != 0;
        return inputs =>
        {
            int axis = Shapes.Ints(inputs[1]!).Single();
            return inputs[0] switch
            {
                Tensor<float> tensor => [CumulativeSum(LastAxis(node, tensor, axis), exclusive, reverse)],
                Tensor<double> tensor => [CumulativeSum(LastAxis(node, tensor, axis), exclusive, reverse)],
                _ => throw new ArgumentException("The operator does not take these element types."),
            };
        };
    }

    private static Tensor<T> CumulativeSum<T>(Tensor<T> tensor, bool exclusive, bool reverse)
        where T : INumber<T>
    {
        int size = tensor.Shape[^1];
        T[] results = new T[tensor.Length];
        ReadOnlySpan<T> values = tensor.Values;
        for (int start = 0; start < results.Length; start += size)
        {
            T sum = T.Zero;
            for (int i = 0; i < size; i++)
            {
                int at = start + (reverse ? size - 1 - i : i);
                T after = sum + values[at];
                results[at] = exclusive ? sum : after;
                sum = after;
            }
        }

        return new Tensor<T>(results, [.. tensor.Shape]);
    }

    private static Tensor<T> Reduce<T>(Tensor<T> tensor, int[] axes, bool keep, Reducer<T> reduce)
    {
        bool[] reduced = new bool[tensor.Rank];
        foreach (int axis in axes.Length == 0 ? Enumerable.Range(0, tensor.Rank) : axes)
        {
            reduced[Shapes.Axis(axis, tensor.Rank)] = true;
        }

        // Kept axes first, reduced axes last: then every group is one contiguous stretch.
        int[] order = [.. Order(reduced, false), .. Order(reduced, true)];
        Tensor<T> grouped = Shapes.Permute(tensor, order);
        int groups = Tensor.Count([.. Order(reduced, false).Select(d => tensor.Shape[d])]);
        int size = groups == 0 ? 0 : tensor.Length / groups;
        T[] results = new T[groups];
        for (int i = 0; i < groups; i++)
        {
            results[i] = reduce(grouped.Values.Slice(i * size, size));
        }

        return new Tensor<T>(results, Remaining(tensor, reduced, keep));
    }

    private static Tensor<T> Softmax<T>(Tensor<T> tensor)
        where T : IExponentialFunctions<T>, INumber<T>
    {
        int size = tensor.Shape[^1];
        T[] results = new T[tensor.Length];
        for (int start = 0; start < results.Length; start += size)
        {
            ReadOnlySpan<T> values = tensor.Values.Slice(start, size);
            Span<T> target = results.AsSpan(start, size);
            TensorPrimitives.Subtract(values, TensorPrimitives.Max(values), target);
            TensorPrimitives.Exp<T>(target, target);
            TensorPrimitives.Divide(target, TensorPrimitives.Sum<T>(target), target);
        }

        return new Tensor<T>(results, [.. tensor.Shape]);
    }

    private static Tensor<long> ArgMax<T>(Tensor<T> tensor, bool keep)
        where T : INumber<T>
    {
        int size = tensor.Shape[^1];
        long[] results = new long[tensor.Length / size];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = TensorPrimitives.IndexOfMax(tensor.Values.Slice(i * size, size));
        }

        int[] shape = [.. tensor.Shape.SkipLast(1)];
        return new Tensor<long>(results, keep ? [.. shape, 1] : shape);
    }

    private static Tensor<T> LastAxis<T>(OperatorNode node, Tensor<T> tensor, int axis) =>
        Shapes.Axis(axis, tensor.Rank) == tensor.Rank - 1 ? tensor : throw node.Unsupported("axis", $"{axis}");

    private static IEnumerable<int> Order(bool[] reduced, bool which) =>
        Enumerable.Range(0, reduced.Length).Where(d => reduced[d] == which);

    private static int[] Remaining(Tensor tensor, bool[] reduced, bool keep) =>
        [.. Enumerable.Range(0, tensor.Rank).Where(d => keep || !reduced[d]).Select(d => reduced[d] ? 1 : tensor.Shape[d])];
}
