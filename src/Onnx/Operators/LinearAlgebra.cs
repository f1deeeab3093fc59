using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace SerLab.Onnx.Operators;

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
                product = (Tensor<float>)Elementwise.Unary(
                    (x, y) => TensorPrimitives.Multiply(x, alpha, y), (_, _) => { })([product])[0];
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

    // Every element is summed over k in order, whatever the path, so that a row's product does not depend on the rows beside it.
    private static void Multiply<T>(
        ReadOnlySpan<T> left, ReadOnlySpan<T> right, int rows, int inner, int columns, Span<T> product)
        where T : INumber<T>
    {
        right = right[..(inner * columns)];
        int i = 0;
        if (columns >= 2 * Vector<T>.Count)
        {
            for (; i <= rows - 4; i += 4)
            {
                MultiplyFourRows(
                    left.Slice(i * inner, 4 * inner), right, inner, columns, product.Slice(i * columns, 4 * columns));
            }
        }

        for (; i < rows; i++)
        {
            MultiplyRow(left.Slice(i * inner, inner), right, product.Slice(i * columns, columns));
        }
    }

    // A sum of scaled rows of the right matrix: both are read in order, and the inner loop vectorises. A right matrix of one
    // column is read in order by an inner product.
    private static void MultiplyRow<T>(ReadOnlySpan<T> row, ReadOnlySpan<T> right, Span<T> target)
        where T : INumber<T>
    {
        int columns = target.Length;
        if (columns == 1)
        {
            target[0] = TensorPrimitives.Dot(row, right);
            return;
        }

        for (int k = 0; k < row.Length; k++)
        {
            TensorPrimitives.MultiplyAdd(right.Slice(k * columns, columns), row[k], target, target);
        }
    }

    // Blocks of four rows by two vectors stay in registers while k runs. The last block of columns may overlap the one before: it
    // computes the same again.
    private static void MultiplyFourRows<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int inner, int columns, Span<T> product)
        where T : INumber<T>
    {
        int width = Vector<T>.Count;
        ReadOnlySpan<T> left0 = left[..inner], left1 = left.Slice(inner, inner), left2 = left.Slice(2 * inner, inner);
        ReadOnlySpan<T> left3 = left.Slice(3 * inner, inner);
        ref T origin = ref MemoryMarshal.GetReference(right);
        for (int start = 0; start < columns; start += 2 * width)
        {
            int column = Math.Min(start, columns - (2 * width));
            Vector<T> a0 = default, a1 = default, a2 = default, a3 = default;
            Vector<T> b0 = default, b1 = default, b2 = default, b3 = default;
            nuint at = (nuint)column;
            for (int k = 0; k < left0.Length; k++, at += (nuint)columns)
            {
                Vector<T> a = Vector.LoadUnsafe(ref origin, at);
                Vector<T> b = Vector.LoadUnsafe(ref origin, at + (nuint)width);
                Vector<T> x0 = new(left0[k]), x1 = new(left1[k]), x2 = new(left2[k]), x3 = new(left3[k]);
                (a0, b0) = (a0 + (a * x0), b0 + (b * x0));
                (a1, b1) = (a1 + (a * x1), b1 + (b * x1));
                (a2, b2) = (a2 + (a * x2), b2 + (b * x2));
                (a3, b3) = (a3 + (a * x3), b3 + (b * x3));
            }

            Store(a0, b0, product[column..]);
            Store(a1, b1, product[(columns + column)..]);
            Store(a2, b2, product[((2 * columns) + column)..]);
            Store(a3, b3, product[((3 * columns) + column)..]);
        }
    }

    private static void Store<T>(Vector<T> first, Vector<T> second, Span<T> target)
    {
        first.CopyTo(target);
        second.CopyTo(target[Vector<T>.Count..]);
    }
}
