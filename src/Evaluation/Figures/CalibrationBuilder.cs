using SerLab.Evaluation.Records;
using SerLab.Training.Calibrating;
using SerLab.Training.Metrics;

namespace SerLab.Evaluation.Figures;

/// <summary>Measures class probabilities, as they are and with a temperature that other groups have chosen.</summary>
internal static class CalibrationBuilder
{
    /// <summary>The figures of one model; none of ratings, and where no group can be left out.</summary>
    /// <param name="record">The record of the run.</param>
    /// <param name="cell">The predictions of the model, in order of the folds.</param>
    public static CalibrationFigures? Build(RunRecord record, FoldPrediction[] cell)
    {
        FoldTask task = cell[0].Task;
        PredictionSet all = PredictionSet.Join([.. cell.Select(fold => fold.Predictions)]);
        int[] groups = [.. cell.SelectMany(fold => fold.Clips).Select(clip => record.Folds.GroupNumbers[clip])];
        if (all.Probabilities.Length == 0 || groups.Distinct().Take(2).Count() < 2)
        {
            return null;
        }

        int classes = all.Probabilities.Length / all.Count;
        double[] floors = Temperature.Floors(all.Truth.Select(label => (int)label), classes);
        PredictionSet tempered = PredictionSet.Join(
        [
            .. GroupParts.Of(groups).Select(part =>
            {
                Temperature others = Temperature.Of(all.Select(GroupParts.Rest(groups.Length, part)));
                PredictionSet own = all.Select(part);
                return own with { Probabilities = others.Apply(own.Probabilities, floors) };
            }),
        ]);
        return new CalibrationFigures(
            task.Protocol,
            task.Target,
            task.Model,
            Calibration.Of(all, classes).ExpectedError,
            Calibration.Of(tempered, classes).ExpectedError,
            Temperature.Of(all).Value);
    }
}
