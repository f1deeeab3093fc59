using System.Numerics.Tensors;

namespace SerLab.Training.Onnx.Runtime.Operators;

/// <summary>Operators that make one number of many.</summary>
internal static class Reductions
{
    /// <summary>Makes one number of the values of a group.</summary>
    public delegate float Reducer(ReadOnlySpan<float> values);

    public static float Sum(ReadOnlySpan<float> values) => TensorPrimitives.Sum(values);

    public static float Mean(ReadOnlySpan<float> values) => TensorPrimitives.Sum(values) / values.Length;

    public static float Max(ReadOnlySpan<float> values) => TensorPrimitives.Max(values);

    /// <summary>
    /// Reduces over axes, given as an attribute or (ReduceSum of operator set 13) as a second input; none means over all.
    /// </summary>
    public static Operator Reduce(OperatorNode node, Reducer reduce)
    {
        int[] fixedAxes = node.Ints("axes");
        bool keep = node.Int("keepdims", 1) != 0;
        return inputs =>
        {
            Tensor<float> tensor = (Tensor<float>)inputs[0]!;
            int[] axes = inputs.Length > 1 && inputs[1] is Tensor<long> given ? [.. Shapes.Ints(given)] : fixedAxes;
            bool[] reduced = new bool[tensor.Rank];
            foreach (int axis in axes.Length == 0 ? Enumerable.Range(0, tensor.Rank) : axes)
            {
                reduced[Shapes.Axis(axis, tensor.Rank)] = true;
            }

            // Kept axes first, reduced axes last: then every group is one contiguous stretch.
            int[] order = [.. Order(reduced, false), .. Order(reduced, true)];
            Tensor<float> grouped = Shapes.Permute(tensor, order);
            int groups = Tensor.Count([.. Order(reduced, false).Select(d => tensor.Shape[d])]);
            int size = groups == 0 ? 0 : tensor.Length / groups;
            float[] results = new float[groups];
            for (int i = 0; i < groups; i++)
            {
                results[i] = reduce(grouped.Values.Slice(i * size, size));
            }

            return [new Tensor<float>(results, Remaining(tensor, reduced, keep))];
        };
    }

    /// <summary>Softmax along an axis.</summary>
    public static Operator Softmax(OperatorNode node)
    {
        int axis = node.Int("axis", -1);
        return inputs =>
        {
            Tensor<float> tensor = (Tensor<float>)inputs[0]!;
            if (Shapes.Axis(axis, tensor.Rank) != tensor.Rank - 1)
            {
                throw node.Unsupported("axis", $"{axis}");
            }

            int size = tensor.Shape[^1];
            float[] results = new float[tensor.Length];
            for (int start = 0; start < results.Length; start += size)
            {
                ReadOnlySpan<float> values = tensor.Values.Slice(start, size);
                Span<float> target = results.AsSpan(start, size);
                TensorPrimitives.Subtract(values, TensorPrimitives.Max(values), target);
                TensorPrimitives.Exp(target, target);
                TensorPrimitives.Divide(target, TensorPrimitives.Sum(target), target);
            }

            return [new Tensor<float>(results, [.. tensor.Shape])];
        };
    }

    /// <summary>The position of the largest value along the last axis; the first of equals.</summary>
    public static Operator ArgMax(OperatorNode node)
    {
        int axis = node.Int("axis", 0);
        bool keep = node.Int("keepdims", 1) != 0;
        return inputs =>
        {
            Tensor<float> tensor = (Tensor<float>)inputs[0]!;
            if (Shapes.Axis(axis, tensor.Rank) != tensor.Rank - 1)
            {
                throw node.Unsupported("axis", $"{axis}");
            }

            int size = tensor.Shape[^1];
            long[] results = new long[tensor.Length / size];
            for (int i = 0; i < results.Length; i++)
            {
                results[i] = TensorPrimitives.IndexOfMax(tensor.Values.Slice(i * size, size));
            }

            int[] shape = [.. tensor.Shape.SkipLast(1)];
            return [new Tensor<long>(results, keep ? [.. shape, 1] : shape)];
        };
    }

    private static IEnumerable<int> Order(bool[] reduced, bool which) =>
        Enumerable.Range(0, reduced.Length).Where(d => reduced[d] == which);

    private static int[] Remaining(Tensor tensor, bool[] reduced, bool keep) =>
        [.. Enumerable.Range(0, tensor.Rank).Where(d => keep || !reduced[d]).Select(d => reduced[d] ? 1 : tensor.Shape[d])];
}
