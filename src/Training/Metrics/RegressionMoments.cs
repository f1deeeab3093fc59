namespace SerLab.Training.Metrics;

/// <summary>
/// The sums from which every regression metric follows, taken about an origin near the truths so that they keep their digits.
/// Sums of parts add up to the sums of the whole: that makes leaving groups out cost one addition per group.
/// </summary>
internal struct RegressionMoments
{
    private double count, truth, predicted, truthSquared, predictedSquared, product, absoluteError, squaredError;
    private double truthLow, truthHigh, predictedLow, predictedHigh;

    /// <summary>The sums of the given predictions about <paramref name="origin"/>.</summary>
    public static RegressionMoments Of(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, double origin)
    {
        RegressionMoments moments = Empty;
        for (int i = 0; i < truth.Length; i++)
        {
            moments.Add(One(truth[i], predicted[i], origin), 1);
        }

        return moments;
    }

    /// <summary>The sums of no prediction.</summary>
    public static RegressionMoments Empty => new()
    {
        truthLow = double.PositiveInfinity,
        truthHigh = double.NegativeInfinity,
        predictedLow = double.PositiveInfinity,
        predictedHigh = double.NegativeInfinity,
    };

    /// <summary>The sums of one prediction about <paramref name="origin"/>.</summary>
    public static RegressionMoments One(double truth, double predicted, double origin)
    {
        double t = truth - origin;
        double p = predicted - origin;
        double error = predicted - truth;
        return new RegressionMoments
        {
            count = 1,
            truth = t,
            predicted = p,
            truthSquared = t * t,
            predictedSquared = p * p,
            product = t * p,
            absoluteError = Math.Abs(error),
            squaredError = error * error,
            truthLow = t,
            truthHigh = t,
            predictedLow = p,
            predictedHigh = p,
        };
    }

    /// <summary>
    /// Adds other sums about the same origin, as if each of their predictions occurred <paramref name="times"/> times.
    /// </summary>
    public void Add(in RegressionMoments other, int times)
    {
        count += times * other.count;
        truth += times * other.truth;
        predicted += times * other.predicted;
        truthSquared += times * other.truthSquared;
        predictedSquared += times * other.predictedSquared;
        product += times * other.product;
        absoluteError += times * other.absoluteError;
        squaredError += times * other.squaredError;
        truthLow = Math.Min(truthLow, other.truthLow);
        truthHigh = Math.Max(truthHigh, other.truthHigh);
        predictedLow = Math.Min(predictedLow, other.predictedLow);
        predictedHigh = Math.Max(predictedHigh, other.predictedHigh);
    }

    /// <summary>Mean squared error.</summary>
    public readonly double MeanSquaredError => squaredError / count;

    /// <summary>Mean absolute error.</summary>
    public readonly double MeanAbsoluteError => absoluteError / count;

    /// <summary>Coefficient of determination.</summary>
    public readonly double Determination => TruthIsConstant ? double.NaN : 1 - (squaredError / TruthScatter);

    /// <summary>Pearson's correlation.</summary>
    public readonly double Correlation => TruthIsConstant || PredictedIsConstant
        ? double.NaN
        : Math.Clamp(Covariation / Math.Sqrt(TruthScatter * PredictedScatter), -1, 1);

    /// <summary>Lin's concordance.</summary>
    public readonly double Concordance
    {
        get
        {
            double shift = (predicted - truth) / count;
            double denominator = TruthScatter + PredictedScatter + (count * shift * shift);
            bool areSameConstant = TruthIsConstant && PredictedIsConstant && truthLow == predictedLow;
            return areSameConstant ? double.NaN : 2 * Covariation / denominator;
        }
    }

    // Rounding would leave traces of scatter where there is none, so constancy is told by the extremes, which are exact.
    private readonly bool TruthIsConstant => !(truthLow < truthHigh);

    private readonly bool PredictedIsConstant => !(predictedLow < predictedHigh);

    private readonly double TruthScatter => TruthIsConstant ? 0 : truthSquared - (truth * truth / count);

    private readonly double PredictedScatter => PredictedIsConstant ? 0 : predictedSquared - (predicted * predicted / count);

    private readonly double Covariation =>
        TruthIsConstant || PredictedIsConstant ? 0 : product - (truth * predicted / count);
}
