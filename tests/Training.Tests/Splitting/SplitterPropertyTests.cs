using FsCheck;
using FsCheck.Fluent;
using SerLab.Core;
using SerLab.Training.Splitting;
using Xunit;

namespace SerLab.Training.Tests.Splitting;

/// <summary>What holds for any number of clips, groups and folds.</summary>
public class SplitterPropertyTests
{
    private static readonly Gen<(int Folds, int Seed, int[] Groups)> Groupings =
        from folds in Gen.Choose(2, 8)
        from seed in Gen.Choose(0, 1000)
        from kinds in Gen.Choose(1, 60)
        from count in Gen.Choose(2, 200)
        from groups in Gen.Choose(0, kinds - 1).ArrayOf(count)
        select (folds, seed, groups);

    [Fact]
    public void No_group_crosses_and_every_clip_is_tested_once_for_any_grouping() =>
        Prop.ForAll(Groupings.ToArbitrary(), given =>
        {
            SplitInput input = InputOf(given.Groups);
            int groups = given.Groups.Distinct().Count();
            ISplitter[] splitters =
            [
                new GroupKFold(given.Folds),
                new StratifiedGroupKFold(given.Folds),
                new StratifiedGroupKFold(given.Folds, given.Seed),
                new LeaveOneGroupOut(),
            ];
            foreach (ISplitter splitter in splitters)
            {
                int needed = splitter is LeaveOneGroupOut ? 2 : given.Folds;
                if (groups < needed)
                {
                    Assert.Throws<InvalidInputException>(() => splitter.Split(input));
                    continue;
                }

                IReadOnlyList<Fold> folds = splitter.Split(input);
                AssertNothingShared(folds, clip => [given.Groups[clip]]);
                AssertPartition(folds, input.Count);
                Assert.All(folds, fold => Assert.NotEmpty(fold.Test));
                Assert.All(folds, fold => Assert.NotEmpty(fold.Train));
            }
        }).Holds();

    [Fact]
    public void Folds_of_clips_differ_by_at_most_one_and_test_every_clip_once() =>
        Prop.ForAll(Groupings.ToArbitrary(), given =>
        {
            int count = given.Groups.Length;
            foreach (KFold splitter in new[] { new KFold(given.Folds), new KFold(given.Folds, given.Seed) })
            {
                if (count < given.Folds)
                {
                    Assert.Throws<InvalidInputException>(() => splitter.Split(new SplitInput(count)));
                    continue;
                }

                IReadOnlyList<Fold> folds = splitter.Split(new SplitInput(count));
                AssertPartition(folds, count);
                int[] sizes = [.. folds.Select(f => f.Test.Length)];
                Assert.Equal(sizes.OrderDescending(), sizes);
                Assert.True(sizes[0] - sizes[^1] <= 1);
            }
        }).Holds();

    [Fact]
    public void Stratified_folds_hold_every_class_in_numbers_that_differ_by_at_most_one() =>
        Prop.ForAll(Groupings.ToArbitrary(), given =>
        {
            int[] labels = [.. given.Groups.Select(g => g % 4)];
            SplitInput input = new(labels.Length) { Labels = labels };
            if (labels.GroupBy(l => l).Any(l => l.Count() < given.Folds))
            {
                Assert.Throws<InvalidInputException>(() => new StratifiedKFold(given.Folds, given.Seed).Split(input));
                return;
            }

            IReadOnlyList<Fold> folds = new StratifiedKFold(given.Folds, given.Seed).Split(input);
            AssertPartition(folds, labels.Length);
            foreach (int label in labels.Distinct())
            {
                int[] counts = [.. folds.Select(f => f.Test.Count(clip => labels[clip] == label))];
                Assert.True(counts.Max() - counts.Min() <= 1);
            }
        }).Holds();

    [Fact]
    public void Held_out_sources_are_never_heard_in_training()
    {
        // Every source also has a clip of its own, so that any number of folds up to theirs can be dealt.
        Gen<(int Folds, int Seed, int[][] Sources)> mixes =
            from folds in Gen.Choose(2, 5)
            from seed in Gen.Choose(0, 100)
            from count in Gen.Choose(folds, 25)
            from mixed in Gen.Choose(0, count - 1).ArrayOf(3).ArrayOf(60)
            select (folds, seed, (int[][])[.. Enumerable.Range(0, count).Select(source => (int[])[source]), .. mixed]);
        Prop.ForAll(mixes.ToArbitrary(), given =>
        {
            SplitInput input = new(given.Sources.Length)
            {
                Sources = Array.ConvertAll(given.Sources, sources => Array.ConvertAll(sources, source => $"source {source}")),
            };

            IReadOnlyList<Fold> folds = new SourcesOut(given.Folds, given.Seed).Split(input);

            Assert.Equal(given.Folds, folds.Count);
            AssertNothingShared(folds, clip => given.Sources[clip]);
            int[] tested = [.. folds.SelectMany(fold => fold.Test)];
            Assert.Equal(tested.Length, tested.Distinct().Count());
            Assert.All(
                Enumerable.Range(0, given.Sources.Length).Where(clip => given.Sources[clip].Distinct().Count() == 1),
                clip => Assert.Contains(clip, tested));
        }).Holds();
    }

    private static SplitInput InputOf(int[] groups) =>
        new(groups.Length) { Groups = groups, Labels = new int[groups.Length] };

    private static void AssertNothingShared(IReadOnlyList<Fold> folds, Func<int, int[]> of) =>
        Assert.All(folds, fold => Assert.Empty(fold.Train.SelectMany(of).Intersect(fold.Test.SelectMany(of))));

    private static void AssertPartition(IReadOnlyList<Fold> folds, int count)
    {
        Assert.Equal(Enumerable.Range(0, count), folds.SelectMany(f => f.Test).Order());
        Assert.All(folds, f => Assert.Equal(Enumerable.Range(0, count), f.Train.Concat(f.Test).Order()));
    }
}
