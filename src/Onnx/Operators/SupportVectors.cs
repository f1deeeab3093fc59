using System.Numerics.Tensors;

namespace SerLab.Onnx.Operators;

/// <summary>Support vector machines (domain ai.onnx.ml).</summary>
internal static class SupportVectors
{
    /// <summary>The operator of this kind.</summary>
    public static OperatorEntry[] Entries { get; } =
        [new("ai.onnx.ml.SVMRegressor", 1, "float->float", Regressor) { Until = 5 }];

    /// <summary>Σ coefficientᵢ · K(x, support vectorᵢ) + rho, one number per row.</summary>
    private static Operator Regressor(OperatorNode node)
    {
        float[] coefficients = node.Floats("coefficients");
        float[] vectors = node.Floats("support_vectors");
        float[] rho = node.Floats("rho");
        int count = node.Int("n_supports", 0);
        KernelFunction.Kernel kernel = KernelFunction.Of(node);
        if (count < 1 || coefficients.Length != count || vectors.Length % count != 0 || rho.Length != 1)
        {
            throw node.Unsupported("n_supports", $"{count}");
        }

        int width = vectors.Length / count;
        return (inputs, workspace) =>
        {
            Tensor<float> rows = Rows.Check(inputs[0], width);
            workspace.CountMultiplyAdds(rows.Shape[0], count, width);
            float[] results = new float[rows.Shape[0]];
            float[] values = new float[count];
            for (int i = 0; i < results.Length; i++)
            {
                ReadOnlySpan<float> row = rows.Values.Slice(i * width, width);
                for (int k = 0; k < count; k++)
                {
                    values[k] = kernel(row, vectors.AsSpan(k * width, width));
                }

                results[i] = TensorPrimitives.Dot(coefficients, values) + rho[0];
            }

            return [new Tensor<float>(results, results.Length, 1)];
        };
    }
}
