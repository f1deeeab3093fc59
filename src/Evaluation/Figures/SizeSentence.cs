using System.Globalization;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;

namespace SerLab.Evaluation.Figures;

/// <summary>Whether more to learn from would help, in one sentence per target and model.</summary>
public static class SizeSentence
{
    /// <summary>All sentences of a run whose learning curves reach from half of the training clips to all of them.</summary>
    /// <param name="run">The run.</param>
    /// <param name="target">Name of the target.</param>
    public static IEnumerable<string> Of(RunFigures run, string target) =>
        from curve in run.SizeCurves
        where curve.Target == target && curve.Doubling is not null
        group curve by curve.Model into curves
        select $"{curves.Key}: {string.Join("; ", curves.Select(curve => Clause(curve, run.Record)))}.";

    private static string Clause(SizeCurve curve, RunRecord record)
    {
        string? kind = record.Folds.GroupKind;
        SizePoint all = curve.Points[^1];
        SizePoint half = curve.Points.First(point => point.Percent == SizeCurve.Half);
        (string what, double from, double to) = curve.Unit == TrainingUnit.Groups
            ? ($"more {kind}s", half.Groups, all.Groups)
            : kind is null
            ? ("more clips", half.Clips, all.Clips)
            : ($"more clips of each {kind}", half.Clips / half.Groups, all.Clips / all.Groups);
        string figures = curve.Doubling!.Text(curve.Metric.Title);
        return string.Create(CultureInfo.InvariantCulture, $"{what} ({from:0.#} to {to:0.#}): {figures}, ")
            + $"so that {what} {curve.Doubling.Verdict}";
    }
}
