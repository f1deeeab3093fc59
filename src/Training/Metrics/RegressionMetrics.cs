namespace SerLab.Training.Metrics;

/// <summary>
/// How far predicted numbers are from true ones. All functions take truths and predictions of equal number, at least one; what is
/// undefined is NaN (printed "n/a"), never a number that looks like a result.
/// </summary>
public static class RegressionMetrics
{
    /// <summary>R², MSE, RMSE, MAE, Pearson and CCC, in the order in which <see cref="RegressionScorer"/> gives them.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        new("r2", "R²", true, Highest: 1),
        Metric.Error("mse", "MSE"),
        Metric.Error("rmse", "RMSE"),
        Metric.Error("mae", "MAE"),
        new("pearson", "Pearson", true, -1, 1),
        new("ccc", "CCC", true, -1, 1),
    ];

    /// <summary>
    /// Coefficient of determination 1 − Σ(t − p)² / Σ(t − t̄)²: 1 is perfect, 0 is as good as the mean of these truths, and it
    /// has no lower bound. NaN where all truths are equal (scikit-learn's r2_score answers 0 or 1 there).
    /// </summary>
    public static double RSquared(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted) =>
        Moments(truth, predicted).Determination;

    /// <summary>Mean of (t − p)².</summary>
    public static double MeanSquaredError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted) =>
        Moments(truth, predicted).MeanSquaredError;

    /// <summary>Root of the mean of (t − p)², in the unit of the target.</summary>
    public static double RootMeanSquaredError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted) =>
        Math.Sqrt(Moments(truth, predicted).MeanSquaredError);

    /// <summary>Mean of |t − p|, in the unit of the target.</summary>
    public static double MeanAbsoluteError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted) =>
        Moments(truth, predicted).MeanAbsoluteError;

    /// <summary>Pearson's product-moment correlation; NaN where truths or predictions are all equal.</summary>
    public static double Pearson(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted) =>
        Moments(truth, predicted).Correlation;

    /// <summary>
    /// Concordance correlation coefficient 2 s_tp / (s_t² + s_p² + (t̄ − p̄)²) with population moments (Lin 1989): 1 only where
    /// predictions equal truths. 0 where either is constant; NaN where both are the same constant.
    /// </summary>
    public static double Concordance(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted) =>
        Moments(truth, predicted).Concordance;

    /// <summary>The values of <see cref="All"/>.</summary>
    internal static double[] Values(in RegressionMoments moments) =>
    [
        moments.Determination,
        moments.MeanSquaredError,
        Math.Sqrt(moments.MeanSquaredError),
        moments.MeanAbsoluteError,
        moments.Correlation,
        moments.Concordance,
    ];

    /// <summary>The sums about the mean of the truths.</summary>
    internal static RegressionMoments Moments(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted)
    {
        if (truth.Length != predicted.Length || truth.IsEmpty)
        {
            throw new ArgumentException($"{truth.Length} truths and {predicted.Length} predictions cannot be compared.");
        }

        return RegressionMoments.Of(truth, predicted, Mean(truth));
    }

    /// <summary>The mean, summed in order so that it is the same on every machine.</summary>
    internal static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
