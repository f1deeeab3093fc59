using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Reports.Charts;
using SerLab.Training.Learners;

namespace SerLab.Reports;

/// <content>Charts of where clips lie by their features.</content>
public static partial class ReportCharts
{
    private const int Grey = 7;

    // Blue, grey, red: low or small, between, high or large.
    private static readonly int[] ThirdColours = [0, Grey, 1];

    /// <summary>
    /// Every tested clip at its place on the map, coloured by what is true of it: its class, or its third of ratings.
    /// </summary>
    /// <param name="run">A run with a <see cref="RunRecord.Map"/>.</param>
    /// <param name="target">Name of the target.</param>
    /// <param name="row">The model and the protocol whose predictions the points tell.</param>
    /// <exception cref="ArgumentException">The run has no map.</exception>
    public static Chart MapByTruth(RunFigures run, string target, ModelFigures row)
    {
        Target of = run.Description.TargetOf(target);
        ClipOutcome[] clips = ClipOutcome.Of(run, target, row.Model, row.Protocol);
        (string Name, int Colour, ClipOutcome[] Clips)[] parts = of.IsRating
            ? Thirds(clips, clip => clip.Truth, ["lowest third", "middle third", "highest third"])
            : Largest(clips, clip => of.Classes[(int)clip.Truth], of.Classes);
        return Map(run, of, $"Clips by {target}", parts);
    }

    /// <summary>
    /// The same coloured by how wrong they are predicted: right or wrong, or in thirds of the size of residuals.
    /// </summary>
    /// <inheritdoc cref="MapByTruth"/>
    public static Chart MapByError(RunFigures run, string target, ModelFigures row)
    {
        Target of = run.Description.TargetOf(target);
        ClipOutcome[] clips = ClipOutcome.Of(run, target, row.Model, row.Protocol);
        (string Name, int Colour, ClipOutcome[] Clips)[] parts = of.IsRating
            ? Thirds(clips, clip => clip.Error, ["smallest errors", "middle", "largest errors"])
            :
            [
                ("right", ThirdColours[0], Array.FindAll(clips, clip => clip.Predicted == clip.Truth)),
                ("wrong", ThirdColours[2], Array.FindAll(clips, clip => clip.Predicted != clip.Truth)),
            ];
        return Map(run, of, $"Clips by how {target} is predicted", parts);
    }

    /// <summary>The same coloured by group; of many groups the largest have colours of their own.</summary>
    /// <inheritdoc cref="MapByTruth"/>
    public static Chart MapByGroup(RunFigures run, string target, ModelFigures row)
    {
        RunFolds folds = run.Record.Folds;
        ClipOutcome[] clips = ClipOutcome.Of(run, target, row.Model, row.Protocol);
        return Map(
            run,
            run.Description.TargetOf(target),
            $"Clips by {folds.GroupKind ?? "group"}",
            Largest(clips, clip => folds.Groups[clip.Clip], [.. folds.Groups.Distinct().Order(StringComparer.Ordinal)]));
    }

    /// <summary>The features whose variance lies most between groups, the most so on top; dashed: the median feature.</summary>
    /// <param name="run">A run with a <see cref="RunRecord.Map"/>.</param>
    /// <exception cref="ArgumentException">The run has no map.</exception>
    public static Chart FeatureSpreads(RunFigures run)
    {
        ClipMap map = MapOf(run);
        FeatureSpread[] upwards = [.. map.Spreads.Reverse()];
        return new Chart
        {
            Title = $"Features that differ most by {run.Record.Folds.GroupKind ?? "group"}",
            X = new Axis { Title = "share of variance between groups", Minimum = 0, Maximum = 1 },
            Y = new Axis { Title = "", Categories = [.. upwards.Select(spread => spread.Feature)] },
            Series =
            [
                new BarSeries("", [.. upwards.Select(spread => spread.Between)], [.. upwards.Select((_, i) => (double)i)], 0.6)
                {
                    IsHorizontal = true,
                },
            ],
            References = [ReferenceLine.Vertical(map.MedianSpread)],
        };
    }

    private static Chart Map(
        RunFigures run, Target target, string title, (string Name, int Colour, ClipOutcome[] Clips)[] parts)
    {
        ClipMap map = MapOf(run);
        ScatterSample sample = ScatterSample.Of(run);
        string Component(string which, double share) => $"{which} component, {Figure.Percent(share)} of variance";
        return new Chart
        {
            Title = title,
            X = new Axis { Title = Component("first", map.AcrossShare) },
            Y = new Axis { Title = Component("second", map.UpShare) },
            Series =
            [
                .. parts.Where(part => part.Clips.Length > 0).Select(part =>
                {
                    ClipOutcome[] shown = sample.From(part.Clips);
                    return new PointSeries(
                        part.Name, [.. shown.Select(clip => map.Across[clip.Clip])], [.. shown.Select(clip => map.Up[clip.Clip])])
                    {
                        Labels = [.. shown.Select(clip => ClipText.Of(run, target, clip))],
                        Colour = part.Colour,
                    };
                }),
            ],
        };
    }

    private static ClipMap MapOf(RunFigures run) =>
        run.Record.Map ?? throw new ArgumentException("The run has no map of its clips.", nameof(run));

    private static (string, int, ClipOutcome[])[] Thirds(
        ClipOutcome[] clips, Func<ClipOutcome, double> value, string[] names)
    {
        double[] sorted = [.. clips.Select(value).Order()];
        (double low, double high) = (Quantile(sorted, 1.0 / 3), Quantile(sorted, 2.0 / 3));
        int Third(ClipOutcome clip) => value(clip) <= low ? 0 : value(clip) <= high ? 1 : 2;
        return
        [
            .. names.Select((name, third) => (name, ThirdColours[third], Array.FindAll(clips, clip => Third(clip) == third))),
        ];
    }

    // Grey is below the others, and stands for all that have no colour of their own.
    private static (string, int, ClipOutcome[])[] Largest(
        ClipOutcome[] clips, Func<ClipOutcome, string> kind, IReadOnlyList<string> order)
    {
        int room = order.Count <= Palette.Count ? Palette.Count : Palette.Count - 1;
        HashSet<string> own = [.. clips.CountBy(kind).OrderByDescending(one => one.Value).Take(room).Select(one => one.Key)];
        string[] named = [.. order.Where(own.Contains)];
        ClipOutcome[] others = Array.FindAll(clips, clip => !own.Contains(kind(clip)));
        return
        [
            .. others.Length > 0 ? [("others", Grey, others)] : Array.Empty<(string, int, ClipOutcome[])>(),
            .. named.Select((name, i) => (name, i, Array.FindAll(clips, clip => kind(clip) == name))),
        ];
    }
}
