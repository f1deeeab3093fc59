using FsCheck.Fluent;
using SerLab.Core;
using SerLab.Training.Splitting;
using Xunit;

namespace SerLab.Training.Tests.Splitting;

public class HoldOutTests
{
    [Fact]
    public void Exactly_so_many_clips_are_tested_and_all_others_trained_on() => Prop.ForAll(
        Gen.Choose(2, 60).SelectMany(n => Gen.Choose(1, n - 1), (n, test) => (n, test)).ToArbitrary(),
        c =>
        {
            Fold fold = Assert.Single(new HoldOut(new HoldOutSize(c.test, false), 3).Split(new SplitInput(c.n)));
            Assert.Equal(c.test, fold.Test.Length);
            Assert.Equal(Enumerable.Range(0, c.n), fold.Train.Concat(fold.Test).Order());
        }).Holds();

    [Fact]
    public void Stratified_every_class_is_tested_in_proportion() => Prop.ForAll(
        Gen.Choose(0, 3).ListOf(40).SelectMany(_ => Gen.Choose(1, 39), (labels, test) => (labels.ToArray(), test)).ToArbitrary(),
        c =>
        {
            (int[] labels, int test) = c;
            SplitInput input = new(labels.Length) { Labels = labels, LabelNames = ["a", "b", "c", "d"] };
            Fold fold = Assert.Single(new HoldOut(new HoldOutSize(test, true), 1).Split(input));
            Assert.Equal(test, fold.Test.Length);
            Assert.All(labels.Distinct(), label =>
            {
                double fair = labels.Count(l => l == label) * (double)test / labels.Length;
                Assert.InRange(fold.Test.Count(i => labels[i] == label), Math.Floor(fair), Math.Ceiling(fair));
            });
        }).Holds();

    [Fact]
    public void Another_seed_is_another_division_and_the_same_seed_the_same()
    {
        int[] Test(int seed) => new HoldOut(new HoldOutSize(20, false), seed).Split(new SplitInput(100))[0].Test;

        Assert.Equal(Test(1), Test(1));
        Assert.NotEqual(Test(1), Test(2));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    public void Holding_out_all_clips_is_an_error(int test) => Assert.Contains(
        $"{test} clips cannot be held out of 10",
        Assert.Throws<InvalidInputException>(() => new HoldOut(new HoldOutSize(test, false)).Split(new SplitInput(10))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void The_training_part_tests_what_the_hold_out_trains_on()
    {
        HoldOut holdOut = new(new HoldOutSize(3, Stratified: false), Seed: 5);
        Fold tested = Assert.Single(holdOut.Split(new SplitInput(10)));
        Fold trained = Assert.Single(new TrainingPart(holdOut).Split(new SplitInput(10)));

        Assert.Equal(tested.Train, trained.Train);
        Assert.Equal(tested.Train, trained.Test);
    }
}
