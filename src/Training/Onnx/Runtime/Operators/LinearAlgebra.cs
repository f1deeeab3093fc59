using System.Numerics.Tensors;

namespace SerLab.Training.Onnx.Runtime.Operators;

/// <summary>Matrix products.</summary>
internal static class LinearAlgebra
{
    /// <summary>The product of a matrix, or a stack of matrices, and one matrix: [..., m, k] × [k, n].</summary>
    public static Tensor[] MatMul(Tensor?[] inputs)
    {
        Tensor<float> left = (Tensor<float>)inputs[0]!;
        Tensor<float> right = (Tensor<float>)inputs[1]!;
        if (right.Rank != 2 || left.Rank < 2 || left.Shape[^1] != right.Shape[0])
        {
            throw new ArgumentException("The inner sizes of a matrix product differ.");
        }

        int rows = left.Length / Math.Max(1, left.Shape[^1]);
        float[] product = Multiply(left.Values, right.Values, rows, right.Shape[0], right.Shape[1]);
        return [new Tensor<float>(product, [.. left.Shape.SkipLast(1), right.Shape[1]])];
    }

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
            Tensor<float> product = (Tensor<float>)MatMul([left, right])[0];
            if (alpha != 1)
            {
                product = (Tensor<float>)Elementwise.Unary(value => alpha * value)([product])[0];
            }

            return inputs.Length > 2 && inputs[2] is Tensor<float> added
                ? [Broadcasting.Zip(product, added, (a, b) => a + (beta * b))]
                : [product];
        };
    }

    // Row by row as a sum of scaled rows of the right matrix: both are read in order, and the inner loop vectorises.
    private static float[] Multiply(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int rows, int inner, int columns)
    {
        float[] product = new float[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            Span<float> target = product.AsSpan(i * columns, columns);
            for (int k = 0; k < inner; k++)
            {
                TensorPrimitives.MultiplyAdd(right.Slice(k * columns, columns), left[(i * inner) + k], target, target);
            }
        }

        return product;
    }
}
