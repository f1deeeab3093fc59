using System.Globalization;
using SerLab.Evaluation.Figures;
using SerLab.Reports.Charts;
using SerLab.Training.Learners;

namespace SerLab.Reports;

/// <content>Charts of ratings.</content>
public static partial class ReportCharts
{
    private const int MostGroups = 14;

    /// <summary>Every clip's prediction over its rating; on the diagonal a prediction is right.</summary>
    /// <param name="run">The run.</param>
    /// <param name="target">A rating.</param>
    /// <param name="model">The model.</param>
    /// <param name="protocol">The protocol.</param>
    public static Chart PredictedAgainstTrue(RunFigures run, string target, string model, string protocol)
    {
        ClipOutcome[] clips = ClipOutcome.Of(run, target, model, protocol);
        double low = clips.Min(c => Math.Min(c.Truth, c.Predicted));
        double high = clips.Max(c => Math.Max(c.Truth, c.Predicted));
        (double, double) range = IsUnitRange(low, high) ? (-1, 1) : (low, high);
        Target of = run.Description.TargetOf(target);
        ClipOutcome[] shown = ScatterSample.Of(run).From(clips);
        return new Chart
        {
            Title = $"{target} predicted by {model} ({protocol})",
            X = new Axis { Title = $"rated {target}", Minimum = range.Item1, Maximum = range.Item2 },
            Y = new Axis { Title = $"predicted {target}", Minimum = range.Item1, Maximum = range.Item2 },
            Series =
            [
                new PointSeries("", [.. shown.Select(c => c.Truth)], [.. shown.Select(c => c.Predicted)])
                {
                    Labels = [.. shown.Select(c => ClipText.Of(run, of, c))],
                    Colour = 0,
                },
            ],
            References = [ReferenceLine.Diagonal],
        };
    }

    /// <summary>
    /// Ratings and predictions of the same clips in the plane of two targets, by convention valence across and arousal up:
    /// predictions huddle in the middle where a model plays safe.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="across">The target on the horizontal axis and the model that predicts it.</param>
    /// <param name="up">The target on the vertical axis and the model that predicts it.</param>
    /// <param name="protocol">The protocol.</param>
    public static Chart ValenceArousalPlane(
        RunFigures run, (string Target, string Model) across, (string Target, string Model) up, string protocol)
    {
        ClipOutcome[] x = ClipOutcome.Of(run, across.Target, across.Model, protocol);
        ClipOutcome[] y = ClipOutcome.Of(run, up.Target, up.Model, protocol);
        Axis AxisOf(string title, ClipOutcome[] clips) => IsUnitRange(
            clips.Min(c => Math.Min(c.Truth, c.Predicted)), clips.Max(c => Math.Max(c.Truth, c.Predicted)))
                ? new Axis { Title = title, Minimum = -1, Maximum = 1 }
                : new Axis { Title = title };
        ScatterSample sample = ScatterSample.Of(run);
        ClipOutcome[] shownX = sample.From(x);
        ClipOutcome[] shownY = sample.From(y);
        string[] labels =
        [
            .. shownX.Zip(shownY, (one, other) =>
                $"{ClipText.Of(run, run.Description.TargetOf(across.Target), one)}; {up.Target} true {Figure.Text(other.Truth)}, "
                + $"predicted {Figure.Text(other.Predicted)}"),
        ];
        return new Chart
        {
            Title = $"The plane of {across.Target} and {up.Target} ({protocol})",
            X = AxisOf(across.Target, x),
            Y = AxisOf(up.Target, y),
            Series =
            [
                new PointSeries("rated", [.. shownX.Select(c => c.Truth)], [.. shownY.Select(c => c.Truth)])
                {
                    Labels = labels,
                    Colour = 5,
                },
                new PointSeries("predicted", [.. shownX.Select(c => c.Predicted)], [.. shownY.Select(c => c.Predicted)])
                {
                    Labels = labels,
                    Colour = 1,
                },
            ],
            References = [ReferenceLine.Horizontal(0), ReferenceLine.Vertical(0)],
        };
    }

    /// <summary>Mean residual and its standard deviation in the groups that are predicted worst, the worst on top.</summary>
    /// <inheritdoc cref="PredictedAgainstTrue"/>
    public static Chart ResidualsByGroup(RunFigures run, string target, string model, string protocol)
    {
        IReadOnlyList<GroupResidual> all = GroupResidual.WorstFirst(run, target, model, protocol);
        GroupResidual[] shown = [.. all.Take(MostGroups).Reverse()];
        string kind = run.Record.Folds.GroupKind ?? "group";
        return new Chart
        {
            Title = all.Count > shown.Length
                ? string.Create(
                    CultureInfo.InvariantCulture, $"Residuals of {target} in the {shown.Length} worst of {all.Count} groups")
                : $"Residuals of {target} by {kind}",
            X = new Axis { Title = "predicted − rated: mean and standard deviation" },
            Y = new Axis { Title = "", Categories = [.. shown.Select(g => g.Group)] },
            Series =
            [
                new IntervalSeries(
                    model,
                    [.. shown.Select(g => g.MeanResidual - g.Deviation)],
                    [.. shown.Select(g => g.MeanResidual)],
                    [.. shown.Select(g => g.MeanResidual + g.Deviation)],
                    [.. shown.Select((_, i) => (double)i)]),
            ],
            References = [ReferenceLine.Vertical(0)],
        };
    }

    // Ratings lie in [-1, 1] by convention; the axes then show all of it, so that charts of several models compare.
    private static bool IsUnitRange(double low, double high) => low >= -1 && high <= 1 && low < 0;
}
