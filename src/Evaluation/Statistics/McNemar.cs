using MathNet.Numerics.Distributions;

namespace SerLab.Evaluation.Statistics;

/// <summary>
/// McNemar's test for two classifiers on the same clips (McNemar 1947; Dietterich 1998): only clips that exactly one of them gets
/// right count. With fewer than 25 of them the exact binomial test, else χ² with continuity correction (Edwards 1948).
/// </summary>
public static class McNemar
{
    /// <summary>Number of discordant clips from which on χ² is used.</summary>
    public const int ExactBelow = 25;

    /// <summary>Tests whether the classifiers differ.</summary>
    /// <param name="onlyFirstRight">Clips that only the first gets right.</param>
    /// <param name="onlySecondRight">Clips that only the second gets right.</param>
    /// <returns>
    /// The difference in clips; the statistic is the smaller count (exact) or χ²; p is 1 where the counts are equal.
    /// </returns>
    public static TestResult Compare(int onlyFirstRight, int onlySecondRight)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirstRight);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecondRight);
        int difference = onlyFirstRight - onlySecondRight;
        int discordant = onlyFirstRight + onlySecondRight;
        if (difference == 0)
        {
            return new TestResult(0, discordant < ExactBelow ? onlyFirstRight : 0, 1);
        }

        if (discordant < ExactBelow)
        {
            int smaller = Math.Min(onlyFirstRight, onlySecondRight);
            return new TestResult(difference, smaller, Math.Min(1, 2 * Binomial.CDF(0.5, discordant, smaller)));
        }

        double excess = Math.Abs(difference) - 1;
        double chiSquared = excess * excess / discordant;
        return new TestResult(difference, chiSquared, 1 - ChiSquared.CDF(1, chiSquared));
    }

    /// <summary>Counts, then tests: class numbers position by position.</summary>
    public static TestResult Compare(ReadOnlySpan<double> truth, ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        int onlyFirst = 0, onlySecond = 0;
        for (int i = 0; i < truth.Length; i++)
        {
            bool firstRight = first[i] == truth[i];
            bool secondRight = second[i] == truth[i];
            onlyFirst += firstRight && !secondRight ? 1 : 0;
            onlySecond += secondRight && !firstRight ? 1 : 0;
        }

        return Compare(onlyFirst, onlySecond);
    }
}
