using System.Globalization;
using SerLab.Core;
using SerLab.TestSupport;
using SerLab.Training.Learners;
using SerLab.Training.Trees;
using Xunit;

namespace SerLab.Training.Tests.Trees;

/// <summary>The same ten folds of 1,213 × 74 that scikit-learn was measured on.</summary>
[Trait("Data", "real")]
public class PublishedRegressionTests
{
    public static TheoryData<string, ILearner> Learners => new()
    {
        { "rf", new RandomForestLearner() },
        { "gbr", new GradientBoostingLearner() },
    };

    [SkippableTheory]
    [MemberData(nameof(Learners))]
    public void Mean_r2_is_not_below_scikit_learns_by_more_than_a_standard_error(string peer, ILearner learner)
    {
        double[] theirs = PeerScores.Of(peer, "r2");
        (FeatureMatrix rows, double[] targets) = Table();
        int[] folds = PeerScores.Folds("regression-svr-oof.csv");

        double[] ours = [.. Enumerable.Range(0, 10).Select(fold => Score(learner, rows, targets, folds, fold))];

        double standardError = PeerScores.StandardError(theirs);
        Assert.True(ours.Average() >= theirs.Average() - standardError, $"{ours.Average()} against {theirs.Average()}");
    }

    private static double Score(ILearner learner, FeatureMatrix rows, double[] targets, int[] folds, int fold)
    {
        int[] training = PeerScores.Rows(folds, f => f != fold);
        int[] test = PeerScores.Rows(folds, f => f == fold);
        double[] predictions = learner
            .Fit(rows.Select(training), Array.ConvertAll(training, i => targets[i]), seed: 0)
            .Predict(rows.Select(test)).Values;
        double mean = test.Average(i => targets[i]);
        double residual = test.Zip(predictions, (i, p) => (targets[i] - p) * (targets[i] - p)).Sum();
        return 1 - (residual / test.Sum(i => (targets[i] - mean) * (targets[i] - mean)));
    }

    private static (FeatureMatrix Rows, double[] Targets) Table()
    {
        float[][] rows = [.. File.ReadLines(ReferenceData.Require("reference", "regression.csv")).Skip(1).Select(line =>
            Array.ConvertAll(line.Split(','), v => float.Parse(v, CultureInfo.InvariantCulture)))];
        double[] targets = [.. File.ReadLines(ReferenceData.Require("reference", "regression.csv")).Skip(1).Select(line =>
            double.Parse(line.AsSpan(line.LastIndexOf(',') + 1), CultureInfo.InvariantCulture))];
        return (FeatureMatrix.FromRows(Array.ConvertAll(rows, row => row[..^1]), rows[0].Length - 1), targets);
    }
}
