using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using Xunit;

namespace SerLab.Evaluation.Tests.Running;

public class TargetValuesTests
{
    [Fact]
    public void One_class_only_is_an_error_that_names_it()
    {
        InvalidInputException error =
            Assert.Throws<InvalidInputException>(() => TargetValues.Class(Speech(["happy"], "happy", "happy")));

        Assert.Contains("only the class 'happy'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("hapy")]
    public void A_clip_of_no_class_is_an_error_that_names_it(string? label)
    {
        InvalidInputException error =
            Assert.Throws<InvalidInputException>(() => TargetValues.Class(Speech(["happy", "sad"], "happy", label, "sad")));

        Assert.Contains("Clip 'clip1'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_are_called_as_the_corpus_calls_them_and_that_changes_no_prediction()
    {
        RunInputs unnamed = TestRuns.OfClasses();
        RunInputs named = unnamed with { Targets = [TargetValues.Class(TestRuns.Classes with { ClassName = "mood" })] };

        FoldPrediction[] before = [.. TestRuns.Run(unnamed).Record.Predictions];
        FoldPrediction[] after = [.. TestRuns.Run(named).Record.Predictions];

        Assert.Equal(["class"], before.Select(fold => fold.Task.Target).Distinct());
        Assert.Equal(["mood"], after.Select(fold => fold.Task.Target).Distinct());
        Assert.Equal(Probabilities(before), Probabilities(after));

        static IEnumerable<double> Probabilities(FoldPrediction[] folds) =>
            folds.SelectMany(fold => fold.Predictions.Probabilities);
    }

    private static Corpus Speech(string[] classes, params string?[] labels) => new()
    {
        Name = "speech",
        Title = "Speech",
        Licence = "none",
        Citation = "none",
        Classes = classes,
        Clips = [.. labels.Select((label, i) => new Clip { Id = $"clip{i}", Label = label })],
    };
}
