using SerLab.Core;
using SerLab.Training.Splitting;
using Xunit;

namespace SerLab.Training.Tests.Splitting;

public class SplitterFailureTests
{
    [Fact]
    public void A_class_smaller_than_the_folds_is_named()
    {
        SplitInput input = new(6) { Labels = [0, 0, 0, 0, 0, 1], LabelNames = ["calm", "angry"] };

        InvalidInputException error = Assert.Throws<InvalidInputException>(() => new StratifiedKFold(3).Split(input));

        Assert.Contains("'angry' has 1 clips", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_groups_are_named()
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => new GroupKFold(2).Split(new SplitInput(4)));

        Assert.Contains("needs the groups", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_guard_names_the_fold_and_the_group_that_crosses()
    {
        Fold[] folds = [new(0, [0, 1], [2]), new(1, [1], [0, 2])];

        GroupGuard.Check(folds[..1], [0, 0, 1]);
        InvalidInputException error =
            Assert.Throws<InvalidInputException>(() => GroupGuard.Check(folds, [0, 0, 1], g => $"speaker {g}"));

        Assert.Contains("'speaker 0'", error.Message, StringComparison.Ordinal);
        Assert.Contains("fold 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Straddling_clips_are_in_neither_part()
    {
        string[][] sources = [["a"], ["b"], ["a", "b"]];

        IReadOnlyList<Fold> folds = new SourcesOut(2, 0).Split(new SplitInput(3) { Sources = sources });

        Assert.All(folds, fold => Assert.DoesNotContain(2, fold.Train.Concat(fold.Test)));
        Assert.Equal([0, 1], folds.SelectMany(f => f.Test).Order());
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void A_test_share_outside_its_range_is_refused(double share) =>
        Assert.Throws<InvalidInputException>(() => new ShuffleSplit(1, share).Split(new SplitInput(10)));
}
