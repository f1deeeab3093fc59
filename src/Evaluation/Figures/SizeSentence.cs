using System.Globalization;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;

namespace SerLab.Evaluation.Figures;

/// <summary>Whether more to learn from would help, in one sentence per target and model, for the middle of another.</summary>
public static class SizeSentence
{
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
        (string what, double from, double to) = curve.Unit == TrainingUnit.Groups
            ? (folds.GroupKinds, half.Groups, all.Groups)
            : folds.GroupKind is not { } kind
            ? ("clips", half.Clips, all.Clips)
            : ($"clips of each {kind}", half.Clips / half.Groups, all.Clips / all.Groups);
        yield return string.Create(CultureInfo.InvariantCulture, $"doubling the {what} ({from:0.#} to {to:0.#}) ")
            + $"{curve.Doubling!.Verdict}: {curve.Doubling.Text(curve.Metric.Title)}";
        if (curve.OverFewerGroups is { } over)
        {
            yield return $"half of the clips of every {folds.GroupKind} {over.Comparison} all clips of half of the "
                + $"{folds.GroupKinds}: {over.Text(curve.Metric.Title)}";
        }
    }
}
