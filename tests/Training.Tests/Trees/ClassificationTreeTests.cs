using SerLab.Core;
using SerLab.Training.Learners;
using SerLab.Training.Trees;
using Xunit;

namespace SerLab.Training.Tests.Trees;

public class ClassificationTreeTests
{
    [Theory]
    [InlineData(15, 2, 1)]
    [InlineData(100, 3, 1)]
    [InlineData(250, 4, 6)]
    public void The_first_split_is_the_one_of_lowest_impurity(int rowCount, int classCount, int minLeafRows)
    {
        FeatureMatrix rows = RandomTables.Gaussian(rowCount, 5, seed: rowCount);
        int[] labels = RandomTables.SmoothLabels(rows, classCount, seed: 1);
        DecisionTreeOptions options = new() { MaxDepth = 1, MinLeafRows = minLeafRows };

        TreeNodes stump = Trees(new DecisionTreeLearner(options).Fit(rows, labels, classCount, seed: 0))[0];

        double best = Enumerable.Range(0, 5)
            .SelectMany(f => Enumerable.Range(0, rowCount).Select(i => Impurity(f, rows[i, f])))
            .Min();
        Assert.Equal(best, Impurity(stump.Feature[0], stump.Threshold[0]), 9);

        double Impurity(int feature, float threshold)
        {
            int[] left = [.. Enumerable.Range(0, rowCount).Where(i => rows[i, feature] <= threshold)];
            int[] right = [.. Enumerable.Range(0, rowCount).Where(i => rows[i, feature] > threshold)];
            return Math.Min(left.Length, right.Length) < minLeafRows ? double.PositiveInfinity : Gini(left) + Gini(right);
        }

        double Gini(int[] members) => members.Length
            - (Enumerable.Range(0, classCount).Sum(k => Math.Pow(members.Count(i => labels[i] == k), 2)) / members.Length);
    }

    [Fact]
    public void A_tree_without_limits_repeats_its_training_labels_with_certainty()
    {
        FeatureMatrix rows = RandomTables.Gaussian(240, 4, seed: 2);
        int[] labels = RandomTables.SmoothLabels(rows, 4, seed: 3);
        IModel model = new DecisionTreeLearner().Fit(rows, labels, 4, seed: 0);

        Assert.Equal(labels, model.Predict(rows).Labels);
        Assert.All(model.Predict(rows).Probabilities, p => Assert.True(p is 0 or 1));
    }

    [Fact]
    public void A_leaf_answers_the_shares_of_its_classes()
    {
        FeatureMatrix rows = new([0, 0, 0, 0, 5, 5], 6, 1);

        double[] probabilities = new DecisionTreeLearner().Fit(rows, [0, 1, 1, 1, 2, 2], 3, seed: 0).Predict(rows).Probabilities;

        Assert.Equal([0.25, 0.75, 0], probabilities[..3]);
        Assert.Equal([0, 0, 1], probabilities[^3..]);
    }

    [Fact]
    public void A_forest_is_the_same_for_any_number_of_threads_and_the_mean_of_its_trees()
    {
        FeatureMatrix rows = RandomTables.Gaussian(200, 9, seed: 4);
        int[] labels = RandomTables.SmoothLabels(rows, 3, seed: 5);
        RandomForestOptions options = new() { Trees = 12 };

        IModel one = new RandomForestLearner(options).Fit(rows, labels, 3, seed: 6);
        IModel four = new RandomForestLearner(options with { Threads = 4 }).Fit(rows, labels, 3, seed: 6);

        Assert.Equal(one.Predict(rows).Probabilities, four.Predict(rows).Probabilities);
        double mean = Trees(one).Average(tree => tree.LeafValues(tree.FindLeaf(rows.Row(7)))[2]);
        Assert.Equal(mean, one.Predict(rows).Probabilities[(7 * 3) + 2], 12);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Forest_and_boosting_beat_a_tree_on_new_rows(int classCount)
    {
        FeatureMatrix all = RandomTables.Gaussian(900, 8, seed: 7);
        int[] labels = RandomTables.SmoothLabels(all, classCount, seed: 8);
        FeatureMatrix rows = all.Select([.. Enumerable.Range(0, 400)]);
        FeatureMatrix newRows = all.Select([.. Enumerable.Range(400, 500)]);

        double tree = Accuracy(new DecisionTreeLearner());
        double forest = Accuracy(new RandomForestLearner(new RandomForestOptions { MaxFeatures = 0.6 }));
        double boosting = Accuracy(new GradientBoostingLearner());
        Assert.True(forest > tree + 0.01, $"forest {forest}, tree {tree}");
        Assert.True(boosting > tree + 0.01, $"boosting {boosting}, tree {tree}");

        double Accuracy(ILearner learner) =>
            learner.Fit(rows, labels.AsSpan(0, 400), classCount, seed: 9).Predict(newRows).Labels
                .Zip(labels.Skip(400)).Count(pair => pair.First == pair.Second) / 500.0;
    }

    [Fact]
    public void One_boosting_round_of_two_classes_is_a_newton_step_from_the_log_odds()
    {
        // Class 1 has 3 of 4 rows at x = 1 and 1 of 4 at x = 0: p = 1/2 everywhere, so the steps are ±(4 · 1/4) / (4 · 1/4) = ±1.
        FeatureMatrix rows = new([0, 0, 0, 0, 1, 1, 1, 1], 8, 1);
        GradientBoostingOptions options = new() { Rounds = 1, LearningRate = 0.5 };

        double[] probabilities = new GradientBoostingLearner(options)
            .Fit(rows, [0, 0, 0, 1, 0, 1, 1, 1], 2, seed: 0).Predict(rows).Probabilities;

        Assert.Equal(1 / (1 + Math.Exp(0.5)), probabilities[1], 12);
        Assert.Equal(1 / (1 + Math.Exp(-0.5)), probabilities[^1], 12);
    }

    [Fact]
    public void One_boosting_round_of_three_classes_is_friedmans_step_from_the_shares()
    {
        // Each class has a value of its own and p = 1/3: its own tree steps (2/3) · (2/3) / (2/9) = 2, or −(2/3) · (1/3) / (2/9)
        // = −1.
        FeatureMatrix rows = new([0, 0, 1, 1, 2, 2], 6, 1);
        GradientBoostingOptions options = new() { Rounds = 1, LearningRate = 1 };

        double[] probabilities = new GradientBoostingLearner(options)
            .Fit(rows, [0, 0, 1, 1, 2, 2], 3, seed: 0).Predict(rows).Probabilities;

        Assert.Equal(Math.Exp(2) / (Math.Exp(2) + (2 * Math.Exp(-1))), probabilities[0], 12);
    }

    private static IReadOnlyList<TreeNodes> Trees(IModel model) =>
        Assert.IsType<TreeClassificationModel>(model).Trees;
}
