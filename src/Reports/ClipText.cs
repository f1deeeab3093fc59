using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Training.Learners;

namespace SerLab.Reports;

/// <summary>What a reader is told of a clip that is pointed at: id, truth, prediction and group.</summary>
internal static class ClipText
{
    public static string Of(RunFigures run, Target target, ClipOutcome clip) =>
        $"{run.Record.Folds.Clips[clip.Clip]}: true {Value(target, clip.Truth)}, predicted {Value(target, clip.Predicted)}"
        + GroupOf(run.Record.Folds, clip.Clip);

    public static string Value(Target target, double value) =>
        target.IsRating ? Figure.Text(value) : target.Classes[(int)value];

    private static string GroupOf(RunFolds folds, int clip) =>
        folds.GroupKind is { } kind ? $"; {kind} {folds.Groups[clip]}" : "";
}
