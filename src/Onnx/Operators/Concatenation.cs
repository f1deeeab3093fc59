namespace SerLab.Onnx.Operators;

/// <summary>Tensors one after the other.</summary>
internal static class Concatenation
{
    /// <summary>The operator of this kind.</summary>
    public static OperatorEntry[] Entries { get; } = [new("Concat", 4, "A,A*->A", Concat)];

    /// <summary>Tensors of one type along an axis of theirs.</summary>
    public static Tensor Join(IReadOnlyList<Tensor> tensors, int axis, Workspace workspace) =>
        tensors[0].Apply(new Joined(tensors, Axes.At(axis, tensors[0].Rank), workspace));

    private static Operator Concat(OperatorNode node)
    {
        int axis = node.Int("axis", 0);
        return (inputs, workspace) => [Join(inputs!, axis, workspace)];
    }

    private sealed class Joined(IReadOnlyList<Tensor> tensors, int axis, Workspace workspace) : ITensorFunction
    {
        public Tensor Of<T>(Tensor<T> first)
        {
            Tensor<T>[] parts = [.. tensors.Cast<Tensor<T>>()];
            int[] shape = [.. first.Shape];
            shape[axis] = parts.Sum(part => part.Shape[axis]);
            if (parts.Any(part => part.Rank != first.Rank
                || part.Shape.Where((size, d) => d != axis && size != first.Shape[d]).Any()))
            {
                throw new ArgumentException("The tensors differ in an axis along which they are not joined.");
            }

            (int outer, _, int inner) = Axes.Around(shape, axis);
            T[] results = workspace.Rent<T>(Tensor.Count(shape));
            for (int o = 0, at = 0; o < outer; o++)
            {
                foreach (Tensor<T> part in parts)
                {
                    int size = part.Shape[axis] * inner;
                    part.Values.Slice(o * size, size).CopyTo(results.AsSpan(at));
                    at += size;
                }
            }

            return new Tensor<T>(shape, results);
        }
    }
}
