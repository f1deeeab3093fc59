using System.Numerics;

namespace SerLab.Onnx.Operators;

/// <summary>Positions of the largest and the smallest value along an axis; of equals the first, or on request the last.</summary>
internal static class ArgumentReductions
{
    /// <summary>The operators of this kind.</summary>
    public static OperatorEntry[] Entries { get; } =
    [
        new("ArgMax", 1, "N->int64", node => Find(node, isLargest: true)),
        new("ArgMin", 1, "N->int64", node => Find(node, isLargest: false)),
    ];

    private static Operator Find(OperatorNode node, bool isLargest)
    {
        int axis = node.Int("axis", 0);
        bool isKept = node.Flag("keepdims", true);
        bool isLast = node.Flag("select_last_index");
        return (inputs, workspace) =>
        {
            int along = Axes.At(axis, inputs[0]!.Rank);
            long[] positions = inputs[0] switch
            {
                Tensor<float> tensor => Find(tensor, along, isLargest, isLast, workspace),
                Tensor<double> tensor => Find(tensor, along, isLargest, isLast, workspace),
                Tensor<long> tensor => Find(tensor, along, isLargest, isLast, workspace),
                _ => throw Elements.NotComputed(inputs[0]),
            };
            int[] shape = [.. inputs[0]!.Shape.Select((size, d) => d == along ? 1 : size).Where((_, d) => isKept || d != along)];
            return [new Tensor<long>(shape, positions)];
        };
    }

    private static long[] Find<T>(Tensor<T> tensor, int axis, bool isLargest, bool isLast, Workspace workspace)
        where T : INumber<T>
    {
        (int outer, int size, int inner) = Axes.Around(tensor.Shape, axis);
        long[] positions = workspace.Rent<long>(outer * inner);
        for (int i = 0; i < outer * inner; i++)
        {
            int start = (i / inner * size * inner) + (i % inner);
            T best = tensor.Values[start];
            positions[i] = 0;
            for (int k = 1; k < size; k++)
            {
                // As NumPy: what is no number is larger and smaller than all others.
                T value = tensor.Values[start + (k * inner)];
                bool isBetter = T.IsNaN(value) ? !T.IsNaN(best) : isLargest ? value > best : value < best;
                if (isBetter || (isLast && value == best))
                {
                    (best, positions[i]) = (value, k);
                }
            }
        }

        return positions;
    }
}
