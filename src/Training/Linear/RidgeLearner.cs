using System.ComponentModel.DataAnnotations;
using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Linear;

/// <summary>Options of <see cref="RidgeLearner"/>; the defaults are scikit-learn's.</summary>
public sealed record RidgeOptions
{
    /// <summary>Weight of the penalty on the squared coefficients, above 0; default 1.</summary>
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double Alpha { get; init; } = 1;
}

/// <summary>
/// Ridge regression: the w and b that minimise ‖y − Xw − b‖² + α‖w‖² (Hoerl and Kennard 1970), each row's error times its weight
/// where rows are weighted. The intercept b is not penalised. Features are taken as they are: scale them first where their units
/// differ.
/// </summary>
public sealed class RidgeLearner : IRowLearner
{
    private readonly RidgeOptions options;

    /// <summary>Creates the learner; without options, the defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public RidgeLearner(RidgeOptions? options = null) => this.options = OptionsValidation.Check(options ?? new RidgeOptions());

    /// <inheritdoc/>
    public string Name => "ridge";

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default)
    {
        FeatureMatrix rows = TrainingInput.RatedRows(set, Name);
        cancellationToken.ThrowIfCancellationRequested();
        double[] weights = set.Weights.ToArray();
        double[][] columns = Columns(rows);
        double[] means = Array.ConvertAll(columns, column => Centre(column, weights));
        double[] centredTargets = set.Values.ToArray();
        double targetMean = Centre(centredTargets, weights);

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

    /// <summary>
    /// Takes the mean away from the values and returns it. Where rows have weights, the mean is weighted and what is left is
    /// multiplied by their roots, so that its square counts as often as the row does.
    /// </summary>
    private static double Centre(double[] values, double[] weights)
    {
        if (weights.Length == 0)
        {
            double mean = TensorPrimitives.Sum<double>(values) / values.Length;
            TensorPrimitives.Subtract(values, mean, values);
            return mean;
        }

        double weightedMean = TensorPrimitives.Dot<double>(values, weights) / TensorPrimitives.Sum<double>(weights);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Sqrt(weights[i]) * (values[i] - weightedMean);
        }

        return weightedMean;
    }
}
