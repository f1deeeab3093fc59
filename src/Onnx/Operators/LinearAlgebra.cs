using System.Numerics;
using System.Numerics.Tensors;

namespace SerLab.Onnx.Operators;

/// <summary>Matrix products.</summary>
internal static class LinearAlgebra
{
    /// <summary>The operators of this kind.</summary>
    public static OperatorEntry[] Entries { get; } =
    [
        new("MatMul", 1, "F,F->F", _ => MatMul),
        new("Gemm", 7, "F,F,F->F", Gemm) { Until = 10 },
        new("Gemm", 11, "F,F,F?->F", Gemm),
    ];

    // The products of matrices [..., m, k] × [..., k, n], of which there may be many; their other dimensions broadcast. A vector
    // on the left is a row, on the right a column.
    private static Tensor[] MatMul(Tensor?[] inputs, Workspace workspace)
    {
        (Tensor left, Tensor right) = (inputs[0]!, inputs[1]!);
        Tensor product = Product(
            left.Rank == 1 ? left.Reshape([1, left.Length]) : left,
            right.Rank == 1 ? right.Reshape([right.Length, 1]) : right,
            workspace);
        IEnumerable<int> rows = left.Rank == 1 ? [] : [product.Shape[^2]];
        IEnumerable<int> columns = right.Rank == 1 ? [] : [product.Shape[^1]];
        return [product.Reshape([.. product.Shape.SkipLast(2), .. rows, .. columns])];
    }

    // alpha · A · B + beta · C, with A and B transposed on request.
    private static Operator Gemm(OperatorNode node)
    {
        float alpha = node.Float("alpha", 1);
        float beta = node.Float("beta", 1);
        bool isLeftTransposed = node.Flag("transA");
        bool isRightTransposed = node.Flag("transB");
        return (inputs, workspace) =>
        {
            Tensor left = isLeftTransposed ? Picking.Permute(inputs[0]!, [1, 0], workspace) : inputs[0]!;
            Tensor right = isRightTransposed ? Picking.Permute(inputs[1]!, [1, 0], workspace) : inputs[1]!;
            Tensor product = Scaled(Product(left, right, workspace), alpha, workspace);
            return inputs.ElementAtOrDefault(2) is { } added
                ? Elementwise.Add([product, Scaled(added, beta, workspace)], workspace)
                : [product];
        };
    }

    private static Tensor Scaled(Tensor tensor, float factor, Workspace workspace) => factor == 1 ? tensor : Elementwise.Unary(
        (x, y) => TensorPrimitives.Multiply(x, factor, y),
        (x, y) => TensorPrimitives.Multiply(x, (double)factor, y))([tensor], workspace)[0];

    private static Tensor Product(Tensor left, Tensor right, Workspace workspace) => (left, right) switch
    {
        (Tensor<float> a, Tensor<float> b) => Product(a, b, workspace),
        (Tensor<double> a, Tensor<double> b) => Product(a, b, workspace),
        _ => throw Elements.NotComputed(left, right),
    };

    private static Tensor<T> Product<T>(Tensor<T> left, Tensor<T> right, Workspace workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (left.Shape[^1] != right.Shape[^2])
        {
            throw new ArgumentException("The inner sizes of a matrix product differ.");
        }

        (int inner, int columns) = (right.Shape[^2], right.Shape[^1]);
        if (right.Rank == 2)
        {
            // One matrix for all rows.
            int all = Tensor.Count([.. left.Shape.SkipLast(1)]);
            T[] product = workspace.Rent<T>(Tensor.Count(all, columns));
            new DenseProduct<T>(all, inner, columns, workspace).Multiply(left.Whole, right.Whole, product);
            return new Tensor<T>([.. left.Shape.SkipLast(1), columns], product);
        }

        int rows = left.Shape[^2];
        int[] stack = Broadcasting.Shape([.. left.Shape.SkipLast(2)], [.. right.Shape.SkipLast(2)]);
        int[] lefts = Broadcasting.Positions([.. left.Shape.SkipLast(2)], stack);
        int[] rights = Broadcasting.Positions([.. right.Shape.SkipLast(2)], stack);
        T[] products = workspace.Rent<T>(Tensor.Count([.. stack, rows, columns]));
        DenseProduct<T> dense = new(rows, inner, columns, workspace);
        for (int i = 0; i < lefts.Length; i++)
        {
            dense.Multiply(
                left.Values.Slice(lefts[i] * rows * inner, rows * inner),
                right.Whole[(rights[i] * inner * columns)..],
                products.AsSpan(i * rows * columns, rows * columns));
        }

        return new Tensor<T>([.. stack, rows, columns], products);
    }
}
