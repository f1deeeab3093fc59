using System.Globalization;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;

namespace SerLab.Evaluation.Figures;

/// <summary>Whether more to learn from would help, in one sentence per target and model, for the middle of another.</summary>
public static class SizeSentence
{
    // Groups of one clip cannot be halved; where there are many, half of the clips are of fewer groups.
    private const double FewGroupsLost = 0.95;

    /// <summary>All sentences of a run whose learning curves reach from half of the training clips to all of them.</summary>
    /// <param name="run">The run.</param>
    /// <param name="target">Name of the target.</param>
    public static IEnumerable<string> Of(RunFigures run, string target) =>
        from curve in run.SizeCurves
        where curve.Target == target && curve.Doubling is not null
        group curve by curve.Model into curves
        select $"for {curves.Key}, {string.Join("; ", curves.SelectMany(curve => Clauses(curve, run.Record.Folds)))}.";

    private static IEnumerable<string> Clauses(SizeCurve curve, RunFolds folds)
    {
        SizePoint all = curve.Points[^1];
        SizePoint half = curve.Points.First(point => point.Percent == SizeCurve.Half);
        bool isOfEveryGroup = folds.GroupKind is not null && half.Groups > FewGroupsLost * all.Groups;
        string what = curve.Unit == TrainingUnit.Groups ? $"{folds.GroupKinds} ({FromTo(half.Groups, all.Groups)})"
            : isOfEveryGroup ? $"clips of each {folds.GroupKind} ({FromTo(half.Clips / half.Groups, all.Clips / all.Groups)})"
            : folds.GroupKind is null ? $"clips ({FromTo(half.Clips, all.Clips)})"
            : $"clips ({FromTo(half.Clips, all.Clips)}; {folds.GroupKinds} {FromTo(half.Groups, all.Groups)})";
        yield return $"doubling the {what} {curve.Doubling!.Verdict}: {curve.Doubling.Text(curve.Metric.Title)}";
        if (isOfEveryGroup && curve.OverFewerGroups is { } over)
        {
            yield return $"half of the clips of every {folds.GroupKind} {over.Comparison} all clips of half of the "
                + $"{folds.GroupKinds}: {over.Text(curve.Metric.Title)}";
        }
    }

    private static string FromTo(double from, double to) =>
        string.Create(CultureInfo.InvariantCulture, $"{from:0.#} to {to:0.#}");
}
