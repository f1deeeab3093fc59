namespace SerLab.Training.Svm.Solver;

/// <summary>
/// The dual of regression and classification in one form: minimise ½ βᵀKβ − tᵀβ + ε‖β‖₁ subject to Σβ = 0 and
/// lower ≤ β ≤ upper, where 0 lies within the bounds. ε-regression has bounds ±C and the targets t; classification has ε = 0,
/// t = y = ±1 and β = yα between 0 and yC.
/// </summary>
/// <param name="Targets">t, one per row.</param>
/// <param name="Lower">Lower bounds, not above 0.</param>
/// <param name="Upper">Upper bounds, not below 0.</param>
/// <param name="Epsilon">ε, not below 0.</param>
/// <param name="Tolerance">The largest violation of the optimality conditions at which the solver stops.</param>
/// <param name="Shrinking">Whether variables at a bound that look settled are left out for a while.</param>
internal sealed record SmoProblem(
    double[] Targets, double[] Lower, double[] Upper, double Epsilon, double Tolerance, bool Shrinking)
{
    /// <summary>The dual of ε-regression.</summary>
    public static SmoProblem Regression(ReadOnlySpan<double> targets, double c, double epsilon, double tolerance, bool shrinking)
    {
        double[] lower = new double[targets.Length];
        double[] upper = new double[targets.Length];
        Array.Fill(lower, -c);
        Array.Fill(upper, c);
        return new SmoProblem(targets.ToArray(), lower, upper, epsilon, tolerance, shrinking);
    }

    /// <summary>
    /// The dual of two-class classification; labels are ±1 and each class has its own C. Rows that are held out stay at 0: their
    /// errors tell the decision function's values there.
    /// </summary>
    public static SmoProblem Classification(
        double[] labels, double positiveC, double negativeC, double tolerance, bool shrinking, ReadOnlySpan<int> heldOut)
    {
        double[] lower = Array.ConvertAll(labels, y => y > 0 ? 0 : -negativeC);
        double[] upper = Array.ConvertAll(labels, y => y > 0 ? positiveC : 0);
        foreach (int row in heldOut)
        {
            (lower[row], upper[row]) = (0, 0);
        }

        return new SmoProblem(labels, lower, upper, 0, tolerance, shrinking);
    }
}

/// <summary>The optimum of a <see cref="SmoProblem"/>.</summary>
/// <param name="Coefficients">β, one per row.</param>
/// <param name="Errors">t − Kβ, one per row.</param>
/// <param name="Intercept">b of the decision function Kβ + b.</param>
/// <param name="DualObjective">The minimum reached.</param>
/// <param name="Iterations">Pairs of variables moved.</param>
/// <param name="Converged">Whether the tolerance was reached.</param>
internal sealed record SmoSolution(
    double[] Coefficients, double[] Errors, double Intercept, double DualObjective, int Iterations, bool Converged);
