using SerLab.Core;
using SerLab.Training.Ensembles;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using SerLab.Training.Neural;
using SerLab.Training.Svm;
using SerLab.Training.Trees;
using Xunit;

namespace SerLab.Training.Tests.Ensembles;

public class AverageTests
{
    private static readonly FeatureMatrix Rows = RandomTables.Gaussian(120, 6, seed: 1);
    private static readonly double[] Targets = RandomTables.SmoothTargets(Rows, seed: 2);
    private static readonly FeatureMatrix NewRows = RandomTables.Gaussian(50, 6, seed: 3);

    [Fact]
    public void Ratings_are_the_mean_of_the_members_ratings()
    {
        ILearner[] members = [new RidgeLearner(), new SvrLearner()];
        double[] average = Predict(new AverageLearner(members), seed: 0);
        double[][] own = [.. members.Select(member => Predict(member, seed: 0))];

        Assert.All(average.Zip(own[0].Zip(own[1])), p =>
            Assert.Equal((p.Second.First + p.Second.Second) / 2, p.First, 1e-12));
    }

    [Fact]
    public void Classes_are_the_most_probable_by_the_mean_of_the_members_probabilities()
    {
        int[] labels = [.. Targets.Select(target => target < 0 ? 0 : target < 1 ? 1 : 2)];
        TrainingSet set = TrainingSet.OfClasses(Rows, labels, 3);
        ILearner[] members =
            [new LogisticRegressionLearner(), new RandomForestLearner(new RandomForestOptions { Trees = 1, MaxFeatures = 1 })];
        AverageModel average = (AverageModel)new AverageLearner(members).Fit(set, seed: 4);

        Predictions predictions = average.Predict(NewRows);
        Predictions[] own = [.. average.Members.Select(member => member.Predict(NewRows))];

        Assert.All(Enumerable.Range(0, predictions.Probabilities.Length), i => Assert.Equal(
            (own[0].Probabilities[i] + own[1].Probabilities[i]) / 2, predictions.Probabilities[i], 1e-12));
        Assert.All(Enumerable.Range(0, NewRows.Rows), i =>
        {
            double[] row = predictions.Probabilities[(3 * i)..((3 * i) + 3)];
            Assert.Equal(Array.IndexOf(row, row.Max()), predictions.Labels[i]);
        });
    }

    [Fact]
    public void Copies_are_fitted_with_seeds_of_their_own()
    {
        MlpLearner network = new(new KerasMlpOptions { Epochs = 1 });
        AverageModel average = (AverageModel)new AverageLearner([network], copies: 3)
            .Fit(TrainingSet.OfRatings(Rows, Targets), seed: 7);

        Assert.Equal(3, average.Members.Count);
        Assert.Equal(3, average.Members.Select(member => member.Predict(NewRows).Values[0]).Distinct().Count());
    }

    private static double[] Predict(ILearner learner, int seed) => learner.Fit(Rows, Targets, seed).Predict(NewRows).Values;
}
