using SerLab.Core;
using SerLab.Training.Baselines;
using Xunit;

namespace SerLab.Training.Tests.Baselines;

public class BaselineTests
{
    [Fact]
    public void Majority_answers_the_most_frequent_class_and_of_equals_the_first()
    {
        FeatureMatrix rows = RandomTables.Gaussian(5, 2, seed: 1);

        var model = new MajorityLearner().Fit(rows, [2, 1, 1, 2, 0], 4, seed: 0);

        Assert.Equal([1, 1, 1, 1, 1], model.Predict(rows).Labels);
        Assert.Equal([0.2, 0.4, 0.4, 0], model.Predict(rows.Select([0])).Probabilities);
    }

    [Fact]
    public void Stratified_random_answers_classes_as_often_as_they_occurred()
    {
        FeatureMatrix rows = RandomTables.Gaussian(10_000, 3, seed: 2);
        int[] labels = [.. Enumerable.Range(0, 10_000).Select(i => i % 10 < 7 ? 0 : i % 10 < 9 ? 1 : 2)];

        int[] drawn = new StratifiedRandomLearner().Fit(rows, labels, 3, seed: 3).Predict(rows).Labels;

        // Four standard errors of a share at 10,000 draws are below 0.02.
        Assert.Equal(0.7, drawn.Count(label => label == 0) / 1e4, 0.02);
        Assert.Equal(0.2, drawn.Count(label => label == 1) / 1e4, 0.02);
        Assert.Equal((0.7 * 0.7) + (0.2 * 0.2) + (0.1 * 0.1), drawn.Zip(labels).Count(p => p.First == p.Second) / 1e4, 0.02);
    }

    [Fact]
    public void Stratified_random_draws_anew_with_another_seed()
    {
        FeatureMatrix rows = RandomTables.Gaussian(200, 3, seed: 4);
        int[] labels = RandomTables.SmoothLabels(rows, 4, seed: 5);
        StratifiedRandomLearner learner = new();

        Assert.NotEqual(
            learner.Fit(rows, labels, 4, seed: 1).Predict(rows).Labels,
            learner.Fit(rows, labels, 4, seed: 2).Predict(rows).Labels);
    }
}
