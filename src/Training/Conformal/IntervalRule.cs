using SerLab.Onnx;
using SerLab.Training.Metrics;

namespace SerLab.Training.Conformal;

/// <summary>
/// Turns a predicted rating into an interval that holds the true one most of the time, by split conformal prediction with scaled
/// residuals (Lei and others 2018, section 5.2): the prediction ± a factor times the error to expect there. Immutable.
/// </summary>
/// <param name="Factor">How many expected errors the interval reaches to either side, at least 0.</param>
/// <param name="Errors">The error to expect at a prediction.</param>
/// <param name="Minimum">The lowest rating there is.</param>
/// <param name="Maximum">The highest rating there is.</param>
/// <param name="IsReached">Whether there were enough groups to promise how often it holds.</param>
public sealed record IntervalRule(double Factor, SpreadCurve Errors, double Minimum, double Maximum, bool IsReached)
    : IConformalRule
{
    /// <summary>
    /// Calibrates the rule on predictions for clips that their models had not seen. Ratings have the range −1 to 1 where all lie
    /// in it, else that of the true ones.
    /// </summary>
    /// <param name="predictions">Predicted and true ratings, at least one.</param>
    /// <param name="groups">The group of each.</param>
    /// <param name="level">How often the interval shall hold the true rating of a clip of a new group.</param>
    public static IntervalRule Of(PredictionSet predictions, ReadOnlySpan<int> groups, double level = ConformalRule.Level)
    {
        (double low, double high) = (predictions.Truth.Min(), predictions.Truth.Max());
        bool isUsual = low >= -1 && high <= 1;
        (low, high) = isUsual ? (-1, 1) : (low, high);
        double[] centres = Array.ConvertAll(predictions.Predicted, predicted => Math.Clamp(predicted, low, high));
        double[] errors = [.. predictions.Truth.Zip(centres, (truth, centre) => Math.Abs(truth - centre))];
        SpreadCurve curve = SpreadCurve.Of(centres, errors);
        ScoreBound bound = GroupQuantile.Of([.. errors.Select((error, i) => error / curve.At(centres[i]))], groups, level);
        return new IntervalRule(bound.Value, curve, low, high, bound.IsReached);
    }

    /// <summary>
    /// The interval around a prediction, within the range of ratings; a prediction beyond the range counts as its nearer end.
    /// </summary>
    public (double Low, double High) Around(double prediction)
    {
        double centre = Math.Clamp(prediction, Minimum, Maximum);
        double margin = Factor * Errors.At(centre);
        return (Math.Max(centre - margin, Minimum), Math.Min(centre + margin, Maximum));
    }

    /// <inheritdoc/>
    public bool Covers(PredictionSet predictions, int position)
    {
        (double low, double high) = Around(predictions.Predicted[position]);
        return predictions.Truth[position] >= low && predictions.Truth[position] <= high;
    }

    /// <inheritdoc/>
    public double WidthAt(PredictionSet predictions, int position)
    {
        (double low, double high) = Around(predictions.Predicted[position]);
        return high - low;
    }

    /// <summary>Adds the ends of the intervals as operators.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="prediction">Float32, [batch, 1].</param>
    /// <returns>Each float32, [batch, 1].</returns>
    public (OnnxValue Low, OnnxValue High) AddTo(OnnxGraph graph, OnnxValue prediction)
    {
        OnnxValue centre = Clipped(prediction);
        OnnxValue margin = graph.Multiply(Errors.AddTo(graph, centre), graph.Scalar((float)Factor));
        return (Clipped(graph.Subtract(centre, margin)), Clipped(graph.Add(centre, margin)));

        OnnxValue Clipped(OnnxValue end) =>
            graph.Apply("Clip", [end, graph.Scalar((float)Minimum), graph.Scalar((float)Maximum)]);
    }
}
