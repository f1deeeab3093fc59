using System.Numerics.Tensors;

namespace SerLab.Datasets.Corpora;

/// <summary>
/// The x ≥ 0 that minimises |Ax - b|², by coordinate descent on the normal equations: one unknown after the other takes its best
/// value, zero at least, until none moves (Franc, Hlaváč and Navara 2005).
/// </summary>
internal static class NonNegativeLeastSquares
{
    private const int Sweeps = 10_000;
    private const double Tolerance = 1e-10;

    /// <summary>Solves for one right-hand side.</summary>
    /// <param name="columns">The columns of A, all of the length of b; a column of zeros gets 0.</param>
    /// <param name="target">b.</param>
    public static double[] Solve(double[][] columns, double[] target)
    {
        double[][] gram =
            [.. columns.Select(a => columns.Select(b => TensorPrimitives.Dot<double>(a, b)).ToArray())];
        double[] x = new double[columns.Length];
        double[] slope = [.. columns.Select(column => -TensorPrimitives.Dot<double>(column, target))];
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            double moved = 0;
            for (int i = 0; i < x.Length; i++)
            {
                double value = gram[i][i] > 0 ? Math.Max(0, x[i] - (slope[i] / gram[i][i])) : 0;
                double step = value - x[i];
                TensorPrimitives.MultiplyAdd(gram[i], step, slope, slope);
                x[i] = value;
                moved = Math.Max(moved, Math.Abs(step));
            }

            if (moved <= Tolerance * TensorPrimitives.Max<double>(x))
            {
                break;
            }
        }

        return x;
    }
}
