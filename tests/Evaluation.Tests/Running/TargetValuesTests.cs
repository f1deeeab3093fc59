using SerLab.Core;
using SerLab.Datasets.Corpora;
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
