using SerLab.Core;

namespace SerLab.Training.Preprocessing;

/// <summary>
/// Makes every feature as near to normal as a power can, then scales it to mean 0 and population standard deviation 1: Yeo and
/// Johnson's transform (Biometrika 2000) with the exponent of highest likelihood over the training rows (scikit-learn's
/// PowerTransformer). A feature with a long tail is no longer ruled by its few largest values. A constant feature becomes 0. Of a
/// series every band is scaled so, over all frames of the training examples.
/// </summary>
public sealed record PowerScaler : IPreprocessor
{
    private const double WidestExponent = 50;
    private const double LargestLogarithm = 300;
    private const double SmallestLogarithm = 18;
    private const double Tolerance = 1e-8;
    private const double GoldenRatio = 0.61803398874989485;

    /// <inheritdoc/>
    public string Name => "power";

    /// <inheritdoc/>
    public ITransform Fit(Examples examples)
    {
        FeatureMatrix rows = ScalerMath.RowsOf(examples, Name);
        double[] exponents = new double[rows.Columns];
        double[] mean = new double[rows.Columns];
        double[] scale = new double[rows.Columns];
        double[] values = new double[rows.Rows];
        double[] changed = new double[rows.Rows];
        for (int j = 0; j < exponents.Length; j++)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = rows[i, j];
            }

            double spread = Math.Sqrt(Variance(values, out double centre));
            exponents[j] = ScalerMath.InverseOrZero(spread, centre) == 0 ? 1 : MostLikely(values, changed);
            Change(values, exponents[j], changed);
            double deviation = Math.Sqrt(Variance(changed, out mean[j]));
            scale[j] = ScalerMath.InverseOrZero(spread, centre) == 0 || deviation == 0 ? 0 : 1 / deviation;
        }

        return new PowerTransform(exponents, mean, scale);
    }

    /// <summary>
    /// The exponent of highest likelihood. The negative log-likelihood is strictly convex in it, so a golden section finds its
    /// one minimum; the bracket is wide, and bounded so that no power overflows or rounds the spread of a feature away.
    /// </summary>
    private static double MostLikely(double[] values, double[] changed)
    {
        double above = 0;
        double below = 0;
        double jacobian = 0;
        foreach (double value in values)
        {
            double logarithm = Math.Log(1 + Math.Abs(value));
            above = Math.Max(above, value > 0 ? logarithm : 0);
            below = Math.Max(below, value < 0 ? logarithm : 0);
            jacobian += Math.Sign(value) * logarithm;
        }

        // Values above zero are raised to λ, those below to 2 - λ.
        double low = Math.Max(-Math.Min(WidestExponent, SmallestLogarithm / above), 2 - (LargestLogarithm / below));
        double high = Math.Min(Math.Min(WidestExponent, LargestLogarithm / above), 2 + (SmallestLogarithm / below));
        (double left, double right) = (high - (GoldenRatio * (high - low)), low + (GoldenRatio * (high - low)));
        (double atLeft, double atRight) = (Improbability(left), Improbability(right));
        while (high - low > Tolerance)
        {
            if (atLeft < atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - (GoldenRatio * (high - low));
                atLeft = Improbability(left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + (GoldenRatio * (high - low));
                atRight = Improbability(right);
            }
        }

        return (low + high) / 2;

        double Improbability(double exponent)
        {
            Change(values, exponent, changed);
            return (0.5 * values.Length * Math.Log(Variance(changed, out _))) - ((exponent - 1) * jacobian);
        }
    }

    private static void Change(double[] values, double exponent, double[] changed)
    {
        for (int i = 0; i < values.Length; i++)
        {
            changed[i] = PowerTransform.YeoJohnson(values[i], exponent);
        }
    }

    private static double Variance(double[] values, out double mean)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        mean = sum / values.Length;
        double squares = 0;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return squares / values.Length;
    }
}
