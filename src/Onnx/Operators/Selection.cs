namespace SerLab.Onnx.Operators;

/// <summary>Operators that choose elements by their values.</summary>
internal static class Selection
{
    /// <summary>The operators of this kind.</summary>
    public static OperatorEntry[] Entries { get; } =
    [
        new("TopK", 10, "N,I->N,int64", TopK),
        new("NonZero", 9, "E->int64", _ => NonZero),
    ];

    // The k largest or smallest values along an axis and their positions; of equals the lower position first.
    private static Operator TopK(OperatorNode node)
    {
        int given = node.Int("axis", -1);
        bool isLargest = node.Flag("largest", true);
        node.Ignore("sorted");
        return (inputs, workspace) =>
        {
            int axis = Axes.At(given, inputs[0]!.Rank);
            int taken = Axes.Ints(inputs[1]).Single();
            return inputs[0] switch
            {
                Tensor<float> tensor => TopK(tensor, axis, taken, isLargest, workspace),
                Tensor<double> tensor => TopK(tensor, axis, taken, isLargest, workspace),
                Tensor<long> tensor => TopK(tensor, axis, taken, isLargest, workspace),
                _ => throw Elements.NotComputed(inputs[0]),
            };
        };
    }

    private static Tensor[] TopK<T>(Tensor<T> tensor, int axis, int taken, bool isLargest, Workspace workspace)
        where T : IComparable<T>
    {
        (int outer, int size, int inner) = Axes.Around(tensor.Shape, axis);
        if (taken < 0 || taken > size)
        {
            throw new ArgumentException($"There are no {taken} of {size} values.");
        }

        int[] shape = [.. tensor.Shape];
        shape[axis] = taken;
        T[] values = workspace.Rent<T>(Tensor.Count(shape));
        long[] positions = workspace.Rent<long>(Tensor.Count(shape));
        int[] order = new int[size];
        for (int row = 0; row < outer * inner; row++)
        {
            (int block, int within) = Math.DivRem(row, inner);
            int start = (block * size * inner) + within;
            for (int i = 0; i < size; i++)
            {
                order[i] = i;
            }

            Array.Sort(order, (a, b) =>
            {
                int compared = tensor.Values[start + (a * inner)].CompareTo(tensor.Values[start + (b * inner)]);
                return compared == 0 ? a - b : isLargest ? -compared : compared;
            });
            for (int i = 0; i < taken; i++)
            {
                int at = (((block * taken) + i) * inner) + within;
                values[at] = tensor.Values[start + (order[i] * inner)];
                positions[at] = order[i];
            }
        }

        return [new Tensor<T>(shape, values), new Tensor<long>([.. shape], positions)];
    }

    // Indices of what is not zero, [rank, count], in row-major order.
    private static Tensor[] NonZero(Tensor?[] inputs, Workspace workspace)
    {
        bool[] isThere = ((Tensor<bool>)Elements.Convert(inputs[0]!, OnnxElement.Bool, workspace)).Values.ToArray();
        int[] places = [.. Enumerable.Range(0, isThere.Length).Where(i => isThere[i])];
        int[] shape = [.. inputs[0]!.Shape];
        int[] strides = Axes.Strides(shape);
        long[] indices = workspace.Rent<long>(Tensor.Count(shape.Length, places.Length));
        for (int d = 0; d < shape.Length; d++)
        {
            for (int i = 0; i < places.Length; i++)
            {
                indices[(d * places.Length) + i] = places[i] / strides[d] % shape[d];
            }
        }

        return [new Tensor<long>([shape.Length, places.Length], indices)];
    }
}
