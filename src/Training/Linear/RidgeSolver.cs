using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace SerLab.Training.Linear;

/// <summary>Solves min ‖y − Xw‖² + α‖w‖² for centred X and y.</summary>
internal static class RidgeSolver
{
    /// <summary>
    /// The coefficients: from the normal equations (XᵀX + αI)w = Xᵀy, or with more features than rows from their smaller dual
    /// w = Xᵀ(XXᵀ + αI)⁻¹y; where rounding makes the matrix indefinite, from the singular values of X.
    /// </summary>
    /// <param name="columns">X, one array per feature.</param>
    /// <param name="y">The targets.</param>
    /// <param name="alpha">The penalty, above 0.</param>
    /// <param name="cancellationToken">Stops the solution.</param>
    public static double[] Solve(double[][] columns, double[] y, double alpha, CancellationToken cancellationToken)
    {
        if (columns.Length <= y.Length)
        {
            double[] w = Array.ConvertAll(columns, column => TensorPrimitives.Dot<double>(column, y));
            return CholeskySolve(Gram(columns, alpha, cancellationToken), w) ? w : SolveBySingularValues(columns, y, alpha);
        }

        double[][] rows = Transpose(columns);
        double[] dual = [.. y];
        return CholeskySolve(Gram(rows, alpha, cancellationToken), dual)
            ? Array.ConvertAll(columns, column => TensorPrimitives.Dot<double>(column, dual))
            : SolveBySingularValues(columns, y, alpha);
    }

    /// <summary>The lower triangle of the matrix of inner products, with alpha added to the diagonal.</summary>
    private static double[][] Gram(double[][] vectors, double alpha, CancellationToken cancellationToken)
    {
        double[][] gram = new double[vectors.Length][];
        for (int i = 0; i < gram.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            gram[i] = new double[i + 1];
            for (int j = 0; j <= i; j++)
            {
                gram[i][j] = TensorPrimitives.Dot<double>(vectors[i], vectors[j]);
            }

            gram[i][i] += alpha;
        }

        return gram;
    }

    /// <summary>
    /// Overwrites the lower triangle by its Cholesky factor and the right-hand side by the solution; false where a pivot has lost
    /// all its digits, and then the right-hand side is untouched.
    /// </summary>
    private static bool CholeskySolve(double[][] lower, double[] x)
    {
        for (int i = 0; i < lower.Length; i++)
        {
            double diagonal = lower[i][i];
            for (int j = 0; j <= i; j++)
            {
                double rest = lower[i][j] - TensorPrimitives.Dot<double>(lower[i].AsSpan(0, j), lower[j].AsSpan(0, j));
                lower[i][j] = j < i ? rest / lower[j][j] : rest;
            }

            if (!(lower[i][i] > 1e-12 * diagonal))
            {
                return false;
            }

            lower[i][i] = Math.Sqrt(lower[i][i]);
        }

        for (int i = 0; i < x.Length; i++)
        {
            x[i] = (x[i] - TensorPrimitives.Dot<double>(lower[i].AsSpan(0, i), x.AsSpan(0, i))) / lower[i][i];
        }

        for (int i = x.Length - 1; i >= 0; i--)
        {
            x[i] /= lower[i][i];
            for (int j = 0; j < i; j++)
            {
                x[j] -= lower[i][j] * x[i];
            }
        }

        return true;
    }

    private static double[] SolveBySingularValues(double[][] columns, double[] y, double alpha)
    {
        Matrix<double> x = Matrix<double>.Build.DenseOfColumnArrays(columns);
        Svd<double> svd = x.Svd();
        Vector<double> projected = svd.U.TransposeThisAndMultiply(Vector<double>.Build.Dense(y));
        Vector<double> shrunk = Vector<double>.Build.Dense(
            columns.Length, k => k < svd.S.Count && svd.S[k] > 0 ? projected[k] / (svd.S[k] + (alpha / svd.S[k])) : 0);
        return svd.VT.TransposeThisAndMultiply(shrunk).ToArray();
    }

    private static double[][] Transpose(double[][] columns)
    {
        double[][] rows = new double[columns[0].Length][];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = Array.ConvertAll(columns, column => column[i]);
        }

        return rows;
    }
}
