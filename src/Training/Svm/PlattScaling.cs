namespace SerLab.Training.Svm;

/// <summary>
/// Turns a decision value into the probability of the positive class: 1 / (1 + exp(A·value + B)) (Platt 1999).
/// </summary>
/// <param name="A">Slope; negative where larger values speak for the positive class.</param>
/// <param name="B">Offset.</param>
internal readonly record struct PlattScaling(double A, double B)
{
    private const int MaxIterations = 100;
    private const double LeastStep = 1e-10;
    private const double Ridge = 1e-12;
    private const double GradientTolerance = 1e-5;

    /// <summary>
    /// Fits both numbers by maximum likelihood with Platt's smoothed targets, by Newton steps with backtracking (Lin, Lin and
    /// Weng, "A note on Platt's probabilistic outputs", 2007).
    /// </summary>
    /// <param name="values">Decision values of rows that the model was not fitted on.</param>
    /// <param name="positive">Which of them belong to the positive class.</param>
    /// <exception cref="ArgumentException">The two differ in length.</exception>
    public static PlattScaling Fit(ReadOnlySpan<double> values, ReadOnlySpan<bool> positive)
    {
        if (values.Length != positive.Length)
        {
            throw new ArgumentException($"{values.Length} decision values but {positive.Length} labels.", nameof(positive));
        }

        int positives = positive.Count(true);
        int negatives = positive.Length - positives;
        double[] targets = new double[positive.Length];
        for (int i = 0; i < targets.Length; i++)
        {
            targets[i] = positive[i] ? (positives + 1.0) / (positives + 2.0) : 1 / (negatives + 2.0);
        }

        PlattScaling current = new(0, Math.Log((negatives + 1.0) / (positives + 1.0)));
        double loss = current.Loss(values, targets);
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            double hAA = Ridge, hBB = Ridge, hAB = 0, gA = 0, gB = 0;
            for (int i = 0; i < targets.Length; i++)
            {
                double p = current.Probability(values[i]);
                double weight = p * (1 - p);
                hAA += values[i] * values[i] * weight;
                hBB += weight;
                hAB += values[i] * weight;
                gA += values[i] * (targets[i] - p);
                gB += targets[i] - p;
            }

            if (Math.Abs(gA) < GradientTolerance && Math.Abs(gB) < GradientTolerance)
            {
                break;
            }

            double determinant = (hAA * hBB) - (hAB * hAB);
            double dA = -((hBB * gA) - (hAB * gB)) / determinant;
            double dB = -((hAA * gB) - (hAB * gA)) / determinant;
            double slope = (gA * dA) + (gB * dB);
            double step = 1;
            PlattScaling next = default;
            double nextLoss = double.PositiveInfinity;
            for (; step >= LeastStep; step /= 2)
            {
                next = new PlattScaling(current.A + (step * dA), current.B + (step * dB));
                nextLoss = next.Loss(values, targets);
                if (nextLoss < loss + (1e-4 * step * slope))
                {
                    break;
                }
            }

            if (step < LeastStep)
            {
                break;
            }

            (current, loss) = (next, nextLoss);
        }

        return current;
    }

    /// <summary>The probability of the positive class.</summary>
    public double Probability(double value)
    {
        double z = (A * value) + B;

        // Both forms are the same number; each is used where its exponential cannot overflow.
        return z >= 0 ? Math.Exp(-z) / (1 + Math.Exp(-z)) : 1 / (1 + Math.Exp(z));
    }

    /// <summary>Negative log-likelihood.</summary>
    private double Loss(ReadOnlySpan<double> values, ReadOnlySpan<double> targets)
    {
        double loss = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double z = (A * values[i]) + B;
            loss += z >= 0
                ? (targets[i] * z) + Math.Log(1 + Math.Exp(-z))
                : ((targets[i] - 1) * z) + Math.Log(1 + Math.Exp(z));
        }

        return loss;
    }
}
