using SerLab.Core;
using SerLab.Training.Learners;
using SerLab.Training.Trees;
using Xunit;

namespace SerLab.Training.Tests.Trees;

public class RegressionTreeTests
{
    [Theory]
    [InlineData(12, 3, 2, 1)]
    [InlineData(48, 5, 3, 1)]
    [InlineData(49, 9, 3, 4)]
    [InlineData(120, 20, 4, 5)]
    [InlineData(250, 17, 4, 1)]
    [InlineData(250, 1, 5, 3)]
    public void A_tree_equals_the_exhaustive_one(int rowCount, int columns, int depth, int minLeafRows)
    {
        FeatureMatrix rows = RandomTables.Gaussian(rowCount, columns, seed: rowCount);
        double[] targets = RandomTables.SmoothTargets(rows, seed: 1);
        DecisionTreeOptions options = new() { MaxDepth = depth, MinLeafRows = minLeafRows };

        double[] fast = new DecisionTreeLearner(options).Fit(rows, targets, seed: 2).Predict(rows).Values;

        int[] ones = [.. Enumerable.Repeat(1, rowCount)];
        ExhaustiveTree slow = new(rows, targets, ones, [.. Enumerable.Range(0, rowCount)], depth, minLeafRows);
        Assert.All(Enumerable.Range(0, rowCount), i => Assert.Equal(slow.Predict(rows.Row(i)), fast[i], 9));
    }

    [Fact]
    public void A_tree_of_thousands_of_rows_equals_the_exhaustive_one()
    {
        const int RowCount = 2500;
        FeatureMatrix continuous = RandomTables.Gaussian(RowCount, 11, seed: 3);

        // Few values, so that none share a bin and the exhaustive tree ends.
        FeatureMatrix rows = continuous.With([.. continuous.Values.ToArray().Select(value => MathF.Round(4 * value))]);
        double[] targets = RandomTables.SmoothTargets(continuous, seed: 4);
        DecisionTreeOptions options = new() { MaxDepth = 3, MinLeafRows = 5 };

        double[] fast = new DecisionTreeLearner(options).Fit(rows, targets, seed: 2).Predict(rows).Values;

        ExhaustiveTree slow =
            new(rows, targets, [.. Enumerable.Repeat(1, RowCount)], [.. Enumerable.Range(0, RowCount)], depth: 3, minLeafRows: 5);
        Assert.All(Enumerable.Range(0, RowCount), i => Assert.Equal(slow.Predict(rows.Row(i)), fast[i], 9));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(7), InlineData(100), InlineData(255), InlineData(256)]
    public void A_bin_is_the_rank_of_a_value_where_there_are_no_more_than_256(int values)
    {
        SeededRandom random = new(values);
        int[] ranks = [.. Enumerable.Range(0, values), .. Enumerable.Range(0, 500).Select(_ => random.NextInt(values))];

        BinnedMatrix bins = new(new FeatureMatrix(Array.ConvertAll(ranks, rank => (rank * 0.5f) - 20), ranks.Length, 1));

        Assert.Equal(values, bins.BinCount);
        Assert.All(ranks.Index(), rank => Assert.Equal(rank.Item, bins.Row(rank.Index)[0]));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(200)]
    public void Rows_that_count_several_times_weigh_as_much_as_copies(int rowCount)
    {
        FeatureMatrix rows = RandomTables.Gaussian(rowCount, 6, seed: 8);
        double[] targets = RandomTables.SmoothTargets(rows, seed: 9);
        int[] counts = [.. Enumerable.Range(0, rowCount).Select(i => i % 4)];
        int[] drawn = [.. Enumerable.Range(0, rowCount).Where(i => counts[i] > 0)];
        BinnedMatrix bins = new(rows);
        VarianceSplitSearch search = new(bins, 6, minLeafWeight: 3);
        search.Start<int>(targets, counts);

        TreeNodes tree = new TreeGrower(bins, search, maxDepth: 3).Grow(drawn, new SeededRandom(1));

        ExhaustiveTree slow = new(rows, targets, counts, drawn, depth: 3, minLeafRows: 3);
        Assert.All(Enumerable.Range(0, rowCount), i => Assert.Equal(
            slow.Predict(rows.Row(i)), tree.LeafValues(tree.FindLeaf(rows.Row(i)))[0], 9));
    }

    [Fact]
    public void A_tree_without_limits_repeats_its_training_targets_exactly()
    {
        FeatureMatrix rows = RandomTables.Gaussian(240, 4, seed: 10);
        double[] targets = RandomTables.SmoothTargets(rows, seed: 11);

        Assert.Equal(targets, new DecisionTreeLearner().Fit(rows, targets, seed: 0).Predict(rows).Values);
    }

    [Fact]
    public void Targets_that_need_two_splits_at_once_are_still_told_apart()
    {
        FeatureMatrix rows = new([0, 0, 0, 1, 1, 0, 1, 1], 4, 2);
        double[] exclusiveOr = [0, 1, 1, 0];

        Assert.Equal(exclusiveOr, new DecisionTreeLearner().Fit(rows, exclusiveOr, seed: 0).Predict(rows).Values);
    }

    [Theory]
    [InlineData(1e6, 1e-3)]
    [InlineData(0, 1e-30)]
    [InlineData(0, 1e250)]
    public void The_offset_and_unit_of_the_targets_do_not_change_the_leaves(double offset, double unit)
    {
        FeatureMatrix rows = RandomTables.Gaussian(100, 5, seed: 12);
        double[] targets = RandomTables.SmoothTargets(rows, seed: 13);
        double[] changed = [.. targets.Select(t => offset + (unit * t))];
        DecisionTreeLearner learner = new(new DecisionTreeOptions { MaxDepth = 4 });

        double[] plain = learner.Fit(rows, targets, seed: 0).Predict(rows).Values;
        double[] other = learner.Fit(rows, changed, seed: 0).Predict(rows).Values;

        Assert.All(plain.Zip(other), pair => Assert.Equal(pair.First, (pair.Second - offset) / unit, 1e-6));
    }

    [Fact]
    public void More_than_256_values_share_bins_but_the_threshold_still_lies_between_two_neighbours()
    {
        const int Count = 5000;
        FeatureMatrix rows = new([.. Enumerable.Range(0, Count).Select(i => (float)i)], Count, 1);
        double[] targets = [.. Enumerable.Range(0, Count).Select(i => i < Count / 2 ? 0.0 : 1.0)];

        TreeNodes tree = Tree(new DecisionTreeLearner(new DecisionTreeOptions { MaxDepth = 1 }).Fit(rows, targets, seed: 0));

        Assert.Equal(0.5f, tree.Threshold[0] - (float)Math.Floor(tree.Threshold[0]));
        Assert.InRange(tree.Threshold[0], (Count / 2.0) - (Count / 256.0), (Count / 2.0) + (Count / 256.0));
    }

    [Fact]
    public void Neighbouring_floats_are_split_between()
    {
        float low = 1;
        float high = MathF.BitIncrement(low);
        FeatureMatrix rows = new([low, high], 2, 1);

        Assert.Equal([3, 4], new DecisionTreeLearner().Fit(rows, [3, 4], seed: 0).Predict(rows).Values);
        Assert.Equal(float.MaxValue, BinnedMatrix.Between(float.MaxValue, float.PositiveInfinity));
        Assert.Equal(0, BinnedMatrix.Between(-float.MaxValue, float.MaxValue));
    }

    [Fact]
    public void Depth_and_leaf_size_hold()
    {
        FeatureMatrix rows = RandomTables.Gaussian(400, 5, seed: 14);
        double[] targets = RandomTables.SmoothTargets(rows, seed: 15);
        DecisionTreeOptions options = new() { MaxDepth = 6, MinLeafRows = 7, MaxFeatures = 0.4 };

        TreeNodes tree = Tree(new DecisionTreeLearner(options).Fit(rows, targets, seed: 3));

        Assert.Equal(6, tree.Depth());
        int[] leafSizes = [.. Enumerable.Range(0, 400).GroupBy(i => tree.FindLeaf(rows.Row(i))).Select(leaf => leaf.Count())];
        Assert.All(leafSizes, size => Assert.True(size >= 7));
    }

    [Fact]
    public void A_split_that_may_see_one_feature_finds_the_only_one_that_varies()
    {
        FeatureMatrix rows = FeatureMatrix.FromRows([.. Enumerable.Range(0, 60).Select(i => new float[] { 1, 2, i, 3, 4 })], 5);
        double[] targets = [.. Enumerable.Range(0, 60).Select(i => (double)(i % 7))];
        DecisionTreeOptions options = new() { MaxFeatures = 0.01 };

        Assert.Equal(targets, new DecisionTreeLearner(options).Fit(rows, targets, seed: 4).Predict(rows).Values);
    }

    private static TreeNodes Tree(IModel model) =>
        Assert.Single(Assert.IsType<TreeRegressionModel>(model).Trees);
}
