namespace SerLab.Onnx.Operators;

/// <summary>Operators that choose elements by their values.</summary>
internal static class Selection
{
    /// <summary>
    /// The k largest or smallest values along the last axis and their positions; of equals the lower position first.
    /// </summary>
    public static Operator TopK(OperatorNode node)
    {
        int axis = node.Int("axis", -1);
        bool largest = node.Int("largest", 1) != 0;
        return inputs => inputs[0] switch
        {
            Tensor<float> tensor => TopK(node, tensor, axis, inputs[1]!, largest),
            Tensor<double> tensor => TopK(node, tensor, axis, inputs[1]!, largest),
            _ => throw new ArgumentException("The operator does not take these element types."),
        };
    }

    private static Tensor[] TopK<T>(OperatorNode node, Tensor<T> tensor, int axis, Tensor count, bool largest)
        where T : IComparable<T>
    {
        if (Shapes.Axis(axis, tensor.Rank) != tensor.Rank - 1)
        {
            throw node.Unsupported("axis", $"{axis}");
        }

        int size = tensor.Shape[^1];
        int taken = Shapes.Ints(count).Single();
        if (taken < 0 || taken > size)
        {
            throw new ArgumentException($"There are no {taken} of {size} values.");
        }

        int rows = size == 0 ? 0 : tensor.Length / size;
        T[] values = new T[rows * taken];
        long[] positions = new long[values.Length];
        int[] order = new int[size];
        for (int row = 0; row < rows; row++)
        {
            int start = row * size;
            for (int i = 0; i < size; i++)
            {
                order[i] = i;
            }

            Array.Sort(order, (a, b) =>
            {
                int compared = tensor.Values[start + a].CompareTo(tensor.Values[start + b]);
                return compared == 0 ? a - b : largest ? -compared : compared;
            });
            for (int i = 0; i < taken; i++)
            {
                values[(row * taken) + i] = tensor.Values[start + order[i]];
                positions[(row * taken) + i] = order[i];
            }
        }

        int[] shape = [.. tensor.Shape.SkipLast(1), taken];
        return [new Tensor<T>(values, shape), new Tensor<long>(positions, shape)];
    }
}
