using System.ComponentModel.DataAnnotations;
using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Linear;

/// <summary>Options of <see cref="RidgeRegressor"/>; the defaults are scikit-learn's.</summary>
public sealed record RidgeOptions
{
    /// <summary>Weight of the penalty on the squared coefficients, above 0; default 1.</summary>
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double Alpha { get; init; } = 1;
}

/// <summary>
/// Ridge regression: the w and b that minimise ‖y − Xw − b‖² + α‖w‖² (Hoerl and Kennard 1970). The intercept b is not penalised.
/// Features are taken as they are: scale them first where their units differ.
/// </summary>
public sealed class RidgeRegressor : IRegressionLearner
{
    private readonly RidgeOptions options;

    /// <summary>Creates the learner; without options, the defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public RidgeRegressor(RidgeOptions? options = null) => this.options = OptionsValidation.Check(options ?? new RidgeOptions());

    /// <inheritdoc/>
    public string Name => "ridge";

    /// <inheritdoc/>
    public IRegressionModel Fit(
        FeatureMatrix rows, ReadOnlySpan<double> targets, int seed, CancellationToken cancellationToken = default)
    {
        TrainingInput.Check(rows, targets);
        cancellationToken.ThrowIfCancellationRequested();
        double[][] columns = Columns(rows);
        double[] means = Array.ConvertAll(columns, Centre);
        double[] centredTargets = targets.ToArray();
        double targetMean = Centre(centredTargets);

        double[] coefficients = RidgeSolver.Solve(columns, centredTargets, options.Alpha, cancellationToken);
        return new LinearModel(coefficients, targetMean - TensorPrimitives.Dot(coefficients, means));
    }

    private static double[][] Columns(FeatureMatrix rows)
    {
        double[][] columns = new double[rows.Columns][];
        for (int j = 0; j < columns.Length; j++)
        {
            columns[j] = new double[rows.Rows];
            for (int i = 0; i < rows.Rows; i++)
            {
                columns[j][i] = rows[i, j];
            }
        }

        return columns;
    }

    private static double Centre(double[] values)
    {
        double mean = TensorPrimitives.Sum(values) / values.Length;
        TensorPrimitives.Subtract(values, mean, values);
        return mean;
    }
}
