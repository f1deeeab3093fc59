using System.Numerics;

namespace SerLab.Onnx.Operators;

/// <summary>Sums of all elements up to each along an axis; in reverse from each on; exclusive without itself.</summary>
internal static class CumulativeSums
{
    /// <summary>The operator of this kind.</summary>
    public static OperatorEntry[] Entries { get; } = [new("CumSum", 11, "N,I->N", CumulativeSum)];

    private static Operator CumulativeSum(OperatorNode node)
    {
        bool isExclusive = node.Flag("exclusive");
        bool isReverse = node.Flag("reverse");
        return (inputs, workspace) =>
        {
            int axis = Axes.At(Axes.Ints(inputs[1]).Single(), inputs[0]!.Rank);
            return [inputs[0] switch
            {
                Tensor<float> tensor => Sum(tensor, axis, isExclusive, isReverse, workspace),
                Tensor<double> tensor => Sum(tensor, axis, isExclusive, isReverse, workspace),
                Tensor<long> tensor => Sum(tensor, axis, isExclusive, isReverse, workspace),
                _ => throw Elements.NotComputed(inputs[0]),
            }];
        };
    }

    private static Tensor<T> Sum<T>(Tensor<T> tensor, int axis, bool isExclusive, bool isReverse, Workspace workspace)
        where T : INumber<T>
    {
        (int outer, int size, int inner) = Axes.Around(tensor.Shape, axis);
        T[] results = workspace.Rent<T>(tensor.Length);
        ReadOnlySpan<T> values = tensor.Values;
        for (int row = 0; row < outer * inner; row++)
        {
            int start = (row / inner * size * inner) + (row % inner);
            T sum = T.Zero;
            for (int i = 0; i < size; i++)
            {
                int at = start + ((isReverse ? size - 1 - i : i) * inner);
                T after = sum + values[at];
                results[at] = isExclusive ? sum : after;
                sum = after;
            }
        }

        return new Tensor<T>([.. tensor.Shape], results);
    }
}
