using SerLab.Core;

namespace SerLab.Training.Preprocessing;

/// <summary>
/// Scales every feature to mean 0 and population standard deviation 1 over the training rows; a constant feature becomes 0
/// (scikit-learn's StandardScaler). Of a series every band is scaled so, over all frames of the training examples.
/// </summary>
public sealed record StandardScaler : IPreprocessor
{
    /// <inheritdoc/>
    public string Name => "standard";

    /// <inheritdoc/>
    public ITransform Fit(Examples examples)
    {
        FeatureMatrix rows = ScalerMath.RowsOf(examples, Name);
        double[] mean = new double[rows.Columns];
        double[] squares = new double[rows.Columns];
        for (int i = 0; i < rows.Rows; i++)
        {
            ReadOnlySpan<float> row = rows.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                mean[j] += row[j];
            }
        }

        for (int j = 0; j < mean.Length; j++)
        {
            mean[j] /= rows.Rows;
        }

        // Two passes: the deviations are taken from the mean, so a large offset does not cancel the digits of the variance.
        for (int i = 0; i < rows.Rows; i++)
        {
            ReadOnlySpan<float> row = rows.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                squares[j] += (row[j] - mean[j]) * (row[j] - mean[j]);
            }
        }

        float[] scale = new float[mean.Length];
        for (int j = 0; j < scale.Length; j++)
        {
            double deviation = Math.Sqrt(squares[j] / rows.Rows);
            scale[j] = ScalerMath.InverseOrZero(deviation, mean[j]);
        }

        return new AffineTransform(Array.ConvertAll(mean, m => (float)m), scale);
    }
}
