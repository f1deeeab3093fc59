using System.Numerics;
using System.Numerics.Tensors;

namespace SerLab.Training.Onnx.Runtime.Operators;

/// <summary>Matrix products.</summary>
internal static class LinearAlgebra
{
    /// <summary>
    /// The products of matrices [..., m, k] × [..., k, n], of which there may be many; their other dimensions broadcast.
    /// </summary>
    public static Tensor[] MatMul(Tensor?[] inputs) => (inputs[0], inputs[1]) switch
    {
        (Tensor<float> left, Tensor<float> right) => [Product(left, right)],
        (Tensor<double> left, Tensor<double> right) => [Product(left, right)],
        _ => throw new ArgumentException("The operator does not take these element types."),
    };

    /// <summary>alpha · A · B + beta · C, with A and B transposed on request.</summary>
    public static Operator Gemm(OperatorNode node)
    {
        float alpha = node.Float("alpha", 1);
        float beta = node.Float("beta", 1);
        bool transposeLeft = node.Int("transA", 0) != 0;
        bool transposeRight = node.Int("transB", 0) != 0;
        return inputs =>
        {
            Tensor<float> left = Shapes.TransposeIf(transposeLeft, (Tensor<float>)inputs[0]!);
            Tensor<float> right = Shapes.TransposeIf(transposeRight, (Tensor<float>)inputs[1]!);
            Tensor<float> product = Product(left, right);
            if (alpha != 1)
            {
                product = (Tensor<float>)Elementwise.Unary((x, y) => TensorPrimitives.Multiply(x, alpha, y), (_, _) => { })([product])[0];
            }

            return inputs.Length > 2 && inputs[2] is Tensor<float> added
                ? [Broadcasting.Zip<float, float>(product, added, (a, b, sum) => TensorPrimitives.MultiplyAdd(b, beta, a, sum))]
                : [product];
        };
    }

    private static Tensor<T> Product<T>(Tensor<T> left, Tensor<T> right)
        where T : INumber<T>
    {
        if (right.Rank < 2 || left.Rank < 2 || left.Shape[^1] != right.Shape[^2])
        {
            throw new ArgumentException("The inner sizes of a matrix product differ.");
        }

        (int inner, int columns) = (right.Shape[^2], right.Shape[^1]);
        if (right.Rank == 2)
        {
            // One matrix for all rows.
            int allRows = left.Length / Math.Max(1, inner);
            T[] product = new T[Tensor.Count([allRows, columns])];
            Multiply(left.Values, right.Values, allRows, inner, columns, product);
            return new Tensor<T>(product, [.. left.Shape.SkipLast(1), columns]);
        }

        int rows = left.Shape[^2];
        int[] stack = Broadcasting.Shape([.. left.Shape.SkipLast(2)], [.. right.Shape.SkipLast(2)]);
        int[] lefts = Broadcasting.Positions([.. left.Shape.SkipLast(2)], stack);
        int[] rights = Broadcasting.Positions([.. right.Shape.SkipLast(2)], stack);
        T[] products = new T[Tensor.Count([.. stack, rows, columns])];
        for (int i = 0; i < lefts.Length; i++)
        {
            Multiply(
                left.Values.Slice(lefts[i] * rows * inner, rows * inner),
                right.Values.Slice(rights[i] * inner * columns, inner * columns),
                rows,
                inner,
                columns,
                products.AsSpan(i * rows * columns, rows * columns));
        }

        return new Tensor<T>(products, [.. stack, rows, columns]);
    }

    // Row by row as a sum of scaled rows of the right matrix: both are read in order, and the inner loop vectorises. A right matrix of
    // one column is read in order by an inner product.
    private static void Multiply<T>(
        ReadOnlySpan<T> left, ReadOnlySpan<T> right, int rows, int inner, int columns, Span<T> product)
        where T : INumber<T>
    {
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<T> row = left.Slice(i * inner, inner);
            Span<T> target = product.Slice(i * columns, columns);
            if (columns == 1)
            {
                target[0] = TensorPrimitives.Dot(row, right);
                continue;
            }

            for (int k = 0; k < inner; k++)
            {
                TensorPrimitives.MultiplyAdd(right.Slice(k * columns, columns), row[k], target, target);
            }
        }
    }
}
