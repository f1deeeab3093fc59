using System.Globalization;
using SerLab.Evaluation.Figures;
using SerLab.Reports.Charts;
using SerLab.Training.Metrics;

namespace SerLab.Reports;

/// <content>Charts of classes.</content>
public static partial class ReportCharts
{
    /// <summary>Which classes are taken for which: counts in the cells, shaded by their share of the true class.</summary>
    /// <param name="classes">The classes in order.</param>
    /// <param name="confusion">The counts.</param>
    /// <param name="normalised">Whether the cells tell shares of the true class, in per cent, instead of counts.</param>
    public static Chart ConfusionMatrix(IReadOnlyList<string> classes, ConfusionMatrix confusion, bool normalised = false)
    {
        int[] numbers = [.. Enumerable.Range(0, classes.Count)];
        double Share(int truth, int predicted) =>
            confusion.Support(truth) == 0 ? 0 : (double)confusion[truth, predicted] / confusion.Support(truth);
        int[] upwards = [.. numbers.Reverse()];
        return new Chart
        {
            Title = normalised ? "Confusion: per cent of the true class" : "Confusion: number of clips",
            X = new Axis { Title = "predicted", Categories = classes },
            Y = new Axis { Title = "true", Categories = [.. upwards.Select(i => classes[i])] },
            Series =
            [
                new HeatmapSeries("confusion", [.. upwards.Select(t => numbers.Select(p => Share(t, p)).ToArray())])
                {
                    Texts =
                    [
                        .. upwards.Select(t => numbers.Select(p => normalised
                            ? (100 * Share(t, p)).ToString("0", CultureInfo.InvariantCulture)
                            : confusion[t, p].ToString(CultureInfo.InvariantCulture)).ToArray()),
                    ],
                },
            ],
        };
    }

    /// <summary>Precision, recall and F1 of every class.</summary>
    /// <param name="classes">The classes in order.</param>
    /// <param name="confusion">The counts.</param>
    public static Chart PerClass(IReadOnlyList<string> classes, ConfusionMatrix confusion)
    {
        int[] upwards = [.. Enumerable.Range(0, classes.Count).Reverse()];
        BarSeries Bars(string name, Func<int, double> figure, double shift) => new(
            name, [.. upwards.Select(figure)], [.. upwards.Select((_, i) => i + shift)], 0.24)
        {
            IsHorizontal = true,
        };
        return new Chart
        {
            Title = "Precision, recall and F1 of every class",
            X = new Axis { Title = "share", Minimum = 0, Maximum = 1 },
            Y = new Axis { Title = "", Categories = [.. upwards.Select(i => classes[i])] },
            Series =
            [
                Bars("precision", confusion.Precision, 0.26),
                Bars("recall", confusion.Recall, 0),
                Bars("F1", confusion.F1, -0.26),
            ],
        };
    }

    /// <summary>
    /// Share of right predictions in every group, one point each, model by model: whom a model understands and whom not.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="target">The classes.</param>
    /// <param name="models">The models, the best first.</param>
    /// <param name="protocol">The protocol.</param>
    public static Chart GroupStrip(RunFigures run, string target, IReadOnlyList<string> models, string protocol)
    {
        string[] upwards = [.. models.Reverse()];
        string kind = run.Record.Folds.GroupKind ?? "group";
        return new Chart
        {
            Title = $"Accuracy by {kind} ({protocol})",
            X = new Axis { Title = $"share of clips of one {kind} that are predicted right", Minimum = 0, Maximum = 1 },
            Y = new Axis { Title = "", Categories = upwards },
            Series =
            [
                .. upwards.Select((model, i) =>
                {
                    IReadOnlyList<GroupAccuracy> groups = GroupAccuracy.BestFirst(run, target, model, protocol);
                    return new PointSeries("", [.. groups.Select(g => g.Share)], [.. groups.Select((_, j) => i + Spread(j))])
                    {
                        Labels = [.. groups.Select(g => $"{kind} {g.Group}: {g.Right} of {g.Predictions} right")],
                        Colour = 0,
                    };
                }),
            ],
            References = [ReferenceLine.Vertical(1.0 / run.Description.Targets.First(t => t.Name == target).Classes.Count)],
        };
    }

    /// <summary>
    /// How often a model is right when it is so sure (Guo and others 2017, equations 2 and 3): on the diagonal its probabilities
    /// mean what they say.
    /// </summary>
    /// <param name="calibration">The bins.</param>
    public static Chart CalibrationCurve(Calibration calibration) => new()
    {
        Title = "Calibration: how far probabilities can be believed",
        X = new Axis { Title = "probability of the predicted class", Minimum = 0, Maximum = 1 },
        Y = new Axis { Title = "share that is right", Minimum = 0, Maximum = 1 },
        Series =
        [
            new LineSeries("", [.. calibration.Bins.Select(b => b.Confidence)], [.. calibration.Bins.Select(b => b.Accuracy)])
            {
                Colour = 0,
            },
            new PointSeries("", [.. calibration.Bins.Select(b => b.Confidence)], [.. calibration.Bins.Select(b => b.Accuracy)])
            {
                Labels = [.. calibration.Bins.Select(b => $"{b.Count} predictions: {Figure.Text(b.Accuracy)} right")],
                Colour = 0,
            },
        ],
        References = [ReferenceLine.Diagonal],
    };

    // Points of equal share would hide each other: they are spread a little, always in the same way.
    private static double Spread(int index) => 0.07 * ((index % 5) - 2);
}
