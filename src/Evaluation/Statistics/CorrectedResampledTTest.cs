using MathNet.Numerics.Distributions;

namespace SerLab.Evaluation.Statistics;

/// <summary>The outcome of a paired test.</summary>
/// <param name="Difference">Mean difference, first minus second.</param>
/// <param name="Statistic">The test statistic.</param>
/// <param name="PValue">
/// Two-sided probability of a statistic at least as extreme if there were no difference; NaN if undefined.
/// </param>
public readonly record struct TestResult(double Difference, double Statistic, double PValue);

/// <summary>
/// The paired t-test for scores of two learners on the same folds, with the variance corrected for folds that share training
/// clips (Nadeau and Bengio 2003, equation 9): t = d̄ / √((1/J + n_test/n_train) s²), J − 1 degrees of freedom. The plain paired
/// t-test on cross-validation folds finds differences that are not there.
/// </summary>
public static class CorrectedResampledTTest
{
    /// <summary>Tests whether the scores differ.</summary>
    /// <param name="first">Scores of one learner, one per fold.</param>
    /// <param name="second">Scores of the other on the same folds.</param>
    /// <param name="testToTrain">
    /// Number of test clips divided by number of training clips of a fold (the mean over folds).
    /// </param>
    /// <returns>
    /// NaN statistics with fewer than two folds or a score that is NaN; when all differences are equal, p is 1 if they are 0,
    /// else 0.
    /// </returns>
    public static TestResult Compare(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double testToTrain)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"{first.Length} and {second.Length} folds cannot be paired.", nameof(second));
        }

        double[] differences = new double[first.Length];
        for (int i = 0; i < differences.Length; i++)
        {
            differences[i] = first[i] - second[i];
        }

        double mean = differences.Length == 0 ? double.NaN : differences.Average();
        if (differences.Length < 2 || double.IsNaN(mean))
        {
            return new TestResult(mean, double.NaN, double.NaN);
        }

        double variance = differences.Sum(d => (d - mean) * (d - mean)) / (differences.Length - 1);
        if (variance == 0)
        {
            return mean == 0 ? new TestResult(0, 0, 1) : new TestResult(mean, Math.Sign(mean) * double.PositiveInfinity, 0);
        }

        double t = mean / Math.Sqrt(((1.0 / differences.Length) + testToTrain) * variance);
        double p = 2 * StudentT.CDF(0, 1, differences.Length - 1, -Math.Abs(t));
        return new TestResult(mean, t, Math.Min(1, p));
    }
}
