namespace SerLab.Training.Metrics;

/// <summary>One bin of predictions that are about equally sure.</summary>
/// <param name="Count">Number of predictions.</param>
/// <param name="Confidence">Their mean probability of the predicted class.</param>
/// <param name="Accuracy">Share of them that is right.</param>
public sealed record CalibrationBin(int Count, double Confidence, double Accuracy);

/// <summary>
/// Whether probabilities mean what they say: predictions are put into bins by the probability of the class they name, and each
/// bin's mean probability is held against the share that is right (Guo and others 2017, equations 2, 3 and 5).
/// </summary>
/// <param name="Bins">The bins that hold any predictions, the least sure first.</param>
/// <param name="ExpectedError">Expected calibration error: mean distance of the two over all predictions, 0 is perfect.</param>
public sealed record Calibration(IReadOnlyList<CalibrationBin> Bins, double ExpectedError)
{
    /// <summary>Number of bins of equal width over [0, 1].</summary>
    public const int BinCount = 10;

    /// <summary>Measures the predictions.</summary>
    /// <param name="predictions">Class numbers with probabilities.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <exception cref="ArgumentException">There are no predictions, or not a row of probabilities for each.</exception>
    public static Calibration Of(PredictionSet predictions, int classCount)
    {
        if (predictions.Count == 0 || predictions.Probabilities.Length != predictions.Count * classCount)
        {
            throw new ArgumentException("Calibration needs a row of probabilities for every prediction.", nameof(predictions));
        }

        double Confidence(int i) => predictions.Probabilities[(i * classCount) + (int)predictions.Predicted[i]];
        CalibrationBin[] bins =
        [
            .. Enumerable.Range(0, predictions.Count)
                .GroupBy(i => Math.Clamp((int)(Confidence(i) * BinCount), 0, BinCount - 1))
                .OrderBy(bin => bin.Key)
                .Select(bin => new CalibrationBin(
                    bin.Count(),
                    bin.Average(Confidence),
                    bin.Average(i => predictions.Truth[i] == predictions.Predicted[i] ? 1.0 : 0.0))),
        ];
        return new Calibration(bins, bins.Sum(b => b.Count * Math.Abs(b.Accuracy - b.Confidence)) / predictions.Count);
    }
}
