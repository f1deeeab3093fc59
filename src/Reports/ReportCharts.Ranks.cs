using SerLab.Reports.Charts;
using SerLab.Training.Metrics;

namespace SerLab.Reports;

/// <content>Charts of how well probabilities tell classes apart.</content>
public static partial class ReportCharts
{
    // Steps that nobody could see in a chart of this size; a curve of 10,000 clips would be 10,000 of them.
    private const double SmallestStep = 0.002;

    /// <summary>
    /// The ROC curve of every class against the rest, over all predictions pooled; on the diagonal probabilities tell nothing. Of
    /// more classes than there are colours those with the smallest areas.
    /// </summary>
    /// <param name="classes">The classes in order.</param>
    /// <param name="predictions">Predictions with probabilities.</param>
    public static Chart RocCurves(IReadOnlyList<string> classes, PredictionSet predictions) => RankCurves(
        classes,
        predictions,
        "ROC of",
        ("false positive rate", "true positive rate"),
        curve => curve.RocArea,
        curve => curve.Points.Select(point => (point.FalsePositiveRate, point.Recall))) with
    {
        References = [ReferenceLine.Diagonal],
    };

    /// <summary>
    /// The precision–recall curve of every class against the rest, over all predictions pooled, in the steps whose area average
    /// precision is. Of more classes than there are colours those with the smallest areas.
    /// </summary>
    /// <inheritdoc cref="RocCurves"/>
    public static Chart PrecisionRecallCurves(IReadOnlyList<string> classes, PredictionSet predictions) => RankCurves(
        classes,
        predictions,
        "Precision and recall of",
        ("recall", "precision"),
        curve => curve.AveragePrecision,
        curve => curve.Points.Zip(curve.Points.Skip(1)).Where(step => step.Second.Recall > step.First.Recall)
            .SelectMany(step => new[]
            {
                (step.First.Recall, step.Second.Precision), (step.Second.Recall, step.Second.Precision),
            }));

    private static Chart RankCurves(
        IReadOnlyList<string> classes,
        PredictionSet predictions,
        string what,
        (string X, string Y) axes,
        Func<RankCurve, double> area,
        Func<RankCurve, IEnumerable<(double X, double Y)>> points)
    {
        (string Name, RankCurve Curve)[] all = CurvesOf(classes, predictions);
        (string Name, RankCurve Curve)[] shown = Fewest(all, area);
        return new Chart
        {
            Title = CurveTitle(what, shown.Length, all.Length),
            X = new Axis { Title = axes.X, Minimum = 0, Maximum = 1 },
            Y = new Axis { Title = axes.Y, Minimum = 0, Maximum = 1 },
            Series = [.. shown.Select(one => Line($"{one.Name} {Figure.Text(area(one.Curve))}", points(one.Curve)))],
        };
    }

    private static (string Name, RankCurve Curve)[] CurvesOf(IReadOnlyList<string> classes, PredictionSet predictions) =>
    [
        .. from label in Enumerable.Range(0, classes.Count)
           let curve = RankCurve.Of(predictions, label, classes.Count)
           where curve is not null
           select (classes[label], curve),
    ];

    // In the order of the classes, so that a class has one colour in both charts unless they leave out different ones.
    private static (string Name, RankCurve Curve)[] Fewest((string Name, RankCurve Curve)[] all, Func<RankCurve, double> area)
    {
        HashSet<string> smallest = [.. all.OrderBy(one => area(one.Curve)).Take(Palette.Count).Select(one => one.Name)];
        return [.. all.Where(one => smallest.Contains(one.Name))];
    }

    private static string CurveTitle(string what, int shown, int all) => shown == all
        ? $"{what} every class against the rest"
        : $"{what} the {shown} classes of {all} that are told worst from the rest";

    private static LineSeries Line(string name, IEnumerable<(double X, double Y)> points)
    {
        List<(double X, double Y)> kept = [];
        (double X, double Y) last = default;
        foreach ((double X, double Y) point in points)
        {
            last = point;
            if (kept.Count == 0
                || Math.Max(Math.Abs(point.X - kept[^1].X), Math.Abs(point.Y - kept[^1].Y)) >= SmallestStep)
            {
                kept.Add(point);
            }
        }

        if (kept.Count > 0 && kept[^1] != last)
        {
            kept.Add(last);
        }

        return new LineSeries(name, [.. kept.Select(point => point.X)], [.. kept.Select(point => point.Y)]);
    }
}
