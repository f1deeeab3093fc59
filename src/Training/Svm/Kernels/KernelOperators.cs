using SerLab.Core;
using SerLab.Onnx;

namespace SerLab.Training.Svm.Kernels;

/// <summary>
/// Kernel expansions as standard ONNX operators, in float64 as in .NET: where C is large, great coefficients cancel, and in
/// float32 (as in ONNX's own SVMRegressor) too few digits are left. Support vectors are stored in float32, as they came.
/// </summary>
internal static class KernelOperators
{
    /// <summary>Decision values: for each function Σ coefficientᵢ · K(vectorᵢ, x) + intercept.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="rows">Float32, [batch, features].</param>
    /// <param name="vectors">The support vectors, at least one.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="coefficients">Vectors × functions, row-major.</param>
    /// <param name="intercepts">One per function.</param>
    /// <returns>Float64, [batch, functions].</returns>
    public static OnnxValue Expand(
        OnnxGraph graph, OnnxValue rows, FeatureMatrix vectors, Kernel kernel, ReadOnlySpan<double> coefficients,
        ReadOnlySpan<double> intercepts)
    {
        OnnxValue values = Values(graph, graph.Cast(rows, OnnxElement.Double), vectors, kernel);
        OnnxValue sums = graph.MatrixProduct(values, graph.Doubles(coefficients, vectors.Rows, intercepts.Length));
        return graph.Add(sums, graph.Doubles(intercepts, intercepts.Length));
    }

    private static OnnxValue Values(OnnxGraph graph, OnnxValue rows, FeatureMatrix vectors, Kernel kernel)
    {
        OnnxValue columns = graph.Cast(graph.Constant(Transposed(vectors), vectors.Columns, vectors.Rows), OnnxElement.Double);
        OnnxValue products = graph.MatrixProduct(rows, columns);
        OnnxValue Times(OnnxValue value, double factor) => graph.Multiply(value, graph.Doubles([factor]));
        switch (kernel.Kind)
        {
            case KernelKind.Rbf:
                // -gamma |x - z|^2 = 2 gamma x.z - gamma |x|^2 - gamma |z|^2
                OnnxValue rowNorms = graph.Sum(graph.Multiply(rows, rows), 1);
                OnnxValue vectorNorms = graph.Doubles(ScaledNorms(vectors, kernel.Gamma), vectors.Rows);
                OnnxValue exponent = graph.Subtract(
                    graph.Subtract(Times(products, 2 * kernel.Gamma), vectorNorms), Times(rowNorms, kernel.Gamma));
                return graph.Apply("Exp", [exponent]);
            case KernelKind.Polynomial:
                OnnxValue sum = graph.Add(Times(products, kernel.Gamma), graph.Doubles([kernel.Coef0]));
                return graph.Apply("Pow", [sum, graph.Doubles([kernel.Degree])]);
            default:
                return products;
        }
    }

    private static float[] Transposed(FeatureMatrix vectors)
    {
        float[] columns = new float[vectors.Values.Length];
        for (int i = 0; i < vectors.Rows; i++)
        {
            for (int j = 0; j < vectors.Columns; j++)
            {
                columns[(j * vectors.Rows) + i] = vectors[i, j];
            }
        }

        return columns;
    }

    private static double[] ScaledNorms(FeatureMatrix vectors, double gamma)
    {
        double[] norms = new double[vectors.Rows];
        for (int i = 0; i < norms.Length; i++)
        {
            foreach (float value in vectors.Row(i))
            {
                norms[i] += gamma * value * value;
            }
        }

        return norms;
    }
}
