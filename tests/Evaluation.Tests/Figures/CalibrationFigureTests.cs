using SerLab.Evaluation.Figures;
using SerLab.Training.Calibrating;
using SerLab.Training.Metrics;
using Xunit;

namespace SerLab.Evaluation.Tests.Figures;

public sealed class CalibrationFigureTests
{
    [Fact]
    public void Each_group_is_calibrated_by_the_temperature_of_the_others()
    {
        RunFigures run = TestRuns.Run(TestRuns.OfClasses()).Figures;

        CalibrationFigures found = run.Calibration.Single(row => row.Model == "first");

        Assert.Equal("grouped", found.Protocol);
        (int[] clips, PredictionSet set) = run.OutOfFold("grouped", found.Target, "first");
        int classes = run.Description.TargetOf(found.Target).Classes.Count;
        Assert.Equal(Calibration.Of(set, classes).ExpectedError, found.Error, 1e-12);
        Assert.Equal(Temperature.Of(set).Value, found.Temperature, 1e-12);
        double[] tempered = [.. set.Probabilities];
        double[] floors = Temperature.Floors(Enumerable.Range(0, classes), classes);
        foreach (int group in clips.Select(clip => run.Record.Folds.GroupNumbers[clip]).Distinct())
        {
            ILookup<bool, int> positions =
                Enumerable.Range(0, clips.Length).ToLookup(i => run.Record.Folds.GroupNumbers[clips[i]] == group);
            Temperature others = Temperature.Of(set.Select([.. positions[false]]));
            foreach (int i in positions[true])
            {
                others.Apply(set.Probabilities.AsSpan(i * classes, classes), floors).CopyTo(tempered, i * classes);
            }
        }

        Assert.Equal(
            Calibration.Of(set with { Probabilities = tempered }, classes).ExpectedError, found.TemperedError, 1e-12);
    }

    [Fact]
    public void Ratings_have_none() => Assert.Empty(TestRuns.Run(TestRuns.Ratings()).Figures.Calibration);
}
