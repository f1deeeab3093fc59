using SerLab.Evaluation.Statistics;

namespace SerLab.Evaluation.Figures;

/// <summary>A paired test between two models on the same folds.</summary>
/// <param name="Protocol">Name of the protocol.</param>
/// <param name="Target">Name of the target.</param>
/// <param name="Metric">Name of the metric whose fold values are compared (accuracy for McNemar's test).</param>
/// <param name="Test"><see cref="CorrectedT"/> or <see cref="McNemar"/>.</param>
/// <param name="First">Name of one model.</param>
/// <param name="Second">Name of the other.</param>
/// <param name="Result">Difference first minus second, statistic and p-value.</param>
/// <param name="HolmPValue">The p-value corrected for all pairs of the same protocol, target, metric and test.</param>
public sealed record PairedTest(
    string Protocol,
    string Target,
    string Metric,
    string Test,
    string First,
    string Second,
    TestResult Result,
    double HolmPValue)
{
    /// <summary>The corrected resampled t-test on fold values.</summary>
    public const string CorrectedT = "corrected_t";

    /// <summary>McNemar's test on clips.</summary>
    public const string McNemar = "mcnemar";

    /// <summary>Whether it is of these two models, in either order.</summary>
    public bool IsOf(string one, string other) => (First == one && Second == other) || (First == other && Second == one);
}
