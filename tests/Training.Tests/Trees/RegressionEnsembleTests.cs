using SerLab.Core;
using SerLab.Training.Baselines;
using SerLab.Training.Learners;
using SerLab.Training.Trees;
using Xunit;

namespace SerLab.Training.Tests.Trees;

public class RegressionEnsembleTests
{
    private static readonly FeatureMatrix Rows = RandomTables.Gaussian(300, 8, seed: 20);
    private static readonly double[] Targets = RandomTables.SmoothTargets(Rows, seed: 21);
    private static readonly FeatureMatrix NewRows = RandomTables.Gaussian(200, 8, seed: 22);
    private static readonly double[] NewTargets = RandomTables.SmoothTargets(NewRows, seed: 23);

    [Fact]
    public void A_forest_is_the_same_for_any_number_of_threads()
    {
        double[] one = Predict(new RandomForestLearner(new RandomForestOptions { Trees = 20, Threads = 1 }));
        double[] four = Predict(new RandomForestLearner(new RandomForestOptions { Trees = 20, Threads = 4 }));

        Assert.Equal(one, four);
    }

    [Fact]
    public void Trees_of_a_forest_differ_and_a_small_forest_begins_a_larger_one()
    {
        TreeRegressionModel three = Forest(3);
        TreeRegressionModel five = Forest(5);

        Assert.Equal(3, three.Trees.Select(tree => string.Join(',', tree.Threshold.ToArray())).Distinct().Count());
        Assert.Equal(three.Trees[2].Threshold.ToArray(), five.Trees[2].Threshold.ToArray());
    }

    [Fact]
    public void A_forest_beats_its_trees_and_boosting_the_mean_on_new_rows()
    {
        double tree = Error(new DecisionTreeLearner());
        double forest = Error(new RandomForestLearner());
        double boosting = Error(new GradientBoostingLearner());
        double mean = Error(new MeanLearner());

        Assert.True(forest < 0.8 * tree, $"forest {forest}, tree {tree}");
        Assert.True(boosting < 0.3 * mean, $"boosting {boosting}, mean {mean}");
    }

    [Fact]
    public void One_boosting_round_is_the_mean_plus_a_shrunken_tree_of_the_residuals()
    {
        GradientBoostingOptions options = new() { Rounds = 1, LearningRate = 0.25, MaxDepth = 2 };
        double mean = Targets.Average();
        double[] residuals = [.. Targets.Select(t => t - mean)];
        double[] tree = new DecisionTreeLearner(new DecisionTreeOptions { MaxDepth = 2 })
            .Fit(Rows, residuals, seed: 0).Predict(NewRows).Values;

        double[] boosted = Predict(new GradientBoostingLearner(options));

        Assert.All(boosted.Zip(tree), pair => Assert.Equal(mean + (0.25 * pair.Second), pair.First, 9));
    }

    [Fact]
    public void Every_boosting_round_lowers_the_training_error()
    {
        double[] errors = [.. new[] { 1, 2, 5, 20, 100 }.Select(rounds =>
        {
            double[] fitted = new GradientBoostingLearner(new GradientBoostingOptions { Rounds = rounds })
                .Fit(Rows, Targets, seed: 0).Predict(Rows).Values;
            return fitted.Zip(Targets, (p, t) => (p - t) * (p - t)).Sum();
        })];

        Assert.Equal(errors.OrderDescending(), errors);
        Assert.Equal(errors.Length, errors.Distinct().Count());
    }

    [Fact]
    public void Boosting_that_looks_at_some_of_the_features_at_a_time_uses_more_of_them()
    {
        double[] first = [.. Enumerable.Range(0, Rows.Rows).Select(i => (double)Rows[i, 0])];
        GradientBoostingOptions all = new() { Rounds = 20, MaxDepth = 1 };

        Assert.Equal([0], Used(all));
        Assert.InRange(Used(all with { MaxFeatures = 0.3 }).Count, 4, Rows.Columns);

        HashSet<int> Used(GradientBoostingOptions options) =>
        [
            .. ((TreeRegressionModel)new GradientBoostingLearner(options).Fit(Rows, first, seed: 5)).Trees
                .SelectMany(tree => tree.Feature.ToArray()).Where(feature => feature != TreeNodes.Leaf),
        ];
    }

    private static TreeRegressionModel Forest(int trees) =>
        (TreeRegressionModel)new RandomForestLearner(new RandomForestOptions { Trees = trees }).Fit(Rows, Targets, seed: 5);

    private static double[] Predict(ILearner learner) => learner.Fit(Rows, Targets, seed: 5).Predict(NewRows).Values;

    private static double Error(ILearner learner) =>
        Predict(learner).Zip(NewTargets, (p, t) => (p - t) * (p - t)).Average();
}
