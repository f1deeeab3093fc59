namespace SerLab.Training.Svm;

/// <summary>
/// Class probabilities from probabilities of one class against another: the second method of Wu, Lin and Weng (JMLR 5, 2004),
/// which minimises Σᵢ Σⱼ≠ᵢ (rⱼᵢpᵢ − rᵢⱼpⱼ)² over probabilities p.
/// </summary>
internal static class PairwiseCoupling
{
    /// <summary>Solves for the class probabilities.</summary>
    /// <param name="pairwise">
    /// r, classes × classes row-major: r[i,j] is the probability of i given that it is i or j; r[i,j] + r[j,i] = 1.
    /// </param>
    /// <param name="probabilities">Result, one per class; sums to 1.</param>
    /// <exception cref="ArgumentException">The matrix is not classes × classes.</exception>
    public static void Solve(ReadOnlySpan<double> pairwise, Span<double> probabilities)
    {
        int classes = probabilities.Length;
        if (pairwise.Length != classes * classes)
        {
            throw new ArgumentException($"{pairwise.Length} values are no {classes} × {classes} matrix.", nameof(pairwise));
        }

        double[] q = Quadratic(pairwise, classes);
        double[] qp = new double[classes];
        probabilities.Fill(1.0 / classes);
        int maxSweeps = MaxSweeps(classes);
        double tolerance = Tolerance(classes);
        for (int sweep = 0; sweep < maxSweeps; sweep++)
        {
            // Recomputed in every sweep, so that rounding does not build up.
            double pqp = 0;
            for (int t = 0; t < classes; t++)
            {
                qp[t] = 0;
                for (int j = 0; j < classes; j++)
                {
                    qp[t] += q[(t * classes) + j] * probabilities[j];
                }

                pqp += probabilities[t] * qp[t];
            }

            if (LargestError(qp, pqp) < tolerance)
            {
                break;
            }

            for (int t = 0; t < classes; t++)
            {
                double own = q[(t * classes) + t];
                double change = (pqp - qp[t]) / own;
                double sum = 1 + change;
                probabilities[t] += change;
                pqp = (pqp + (change * ((change * own) + (2 * qp[t])))) / sum / sum;
                for (int j = 0; j < classes; j++)
                {
                    qp[j] = (qp[j] + (change * q[(t * classes) + j])) / sum;
                    probabilities[j] /= sum;
                }
            }
        }
    }

    /// <summary>LIBSVM's limit.</summary>
    public static int MaxSweeps(int classes) => Math.Max(100, classes);

    /// <summary>LIBSVM's tolerance: the largest error at which the sweeps end.</summary>
    public static double Tolerance(int classes) => 0.005 / classes;

    private static double[] Quadratic(ReadOnlySpan<double> r, int classes)
    {
        double[] q = new double[classes * classes];
        for (int i = 0; i < classes; i++)
        {
            for (int j = 0; j < classes; j++)
            {
                if (i != j)
                {
                    double other = r[(j * classes) + i];
                    q[(i * classes) + i] += other * other;
                    q[(i * classes) + j] = -other * r[(i * classes) + j];
                }
            }
        }

        return q;
    }

    private static double LargestError(ReadOnlySpan<double> qp, double pqp)
    {
        double largest = 0;
        foreach (double value in qp)
        {
            largest = Math.Max(largest, Math.Abs(value - pqp));
        }

        return largest;
    }
}
