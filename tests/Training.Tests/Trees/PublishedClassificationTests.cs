using System.Globalization;
using SerLab.Core;
using SerLab.TestSupport;
using SerLab.Training.Trees;
using Xunit;

namespace SerLab.Training.Tests.Trees;

/// <summary>The same ten stratified folds of 5,000 × 13 in four classes that scikit-learn was measured on.</summary>
[Trait("Data", "real")]
public class PublishedClassificationTests
{
    private const int Classes = 4;

    [SkippableFact]
    public void The_forest_scores_as_scikit_learns_within_a_standard_error()
    {
        string file = ReferenceData.Require("reference", "classification.csv");
        string[][] table = [.. File.ReadLines(file).Skip(1).Select(line => line.Split(','))];
        FeatureMatrix rows = FeatureMatrix.FromRows(
            Array.ConvertAll(table, row => Array.ConvertAll(row[..^1], v => float.Parse(v, CultureInfo.InvariantCulture))), 13);
        int[] labels = Array.ConvertAll(table, row => int.Parse(row[^1], CultureInfo.InvariantCulture));
        int[] folds = PeerScores.Folds("classification-svc-oof.csv");
        RandomForestLearner learner = new();

        (double Accuracy, double F1, double Balanced)[] ours = [.. Enumerable.Range(0, 10).Select(fold =>
        {
            int[] training = PeerScores.Rows(folds, f => f != fold);
            int[] test = PeerScores.Rows(folds, f => f == fold);
            int[] answers = learner
                .Fit(rows.Select(training), Array.ConvertAll(training, i => labels[i]), Classes, seed: 0)
                .Predict(rows.Select(test)).Labels;
            return PeerScores.Score(Array.ConvertAll(test, i => labels[i]), answers, Classes);
        })];

        AssertNotBelow("accuracy", ours.Average(s => s.Accuracy));
        AssertNotBelow("f1_macro", ours.Average(s => s.F1));
        AssertNotBelow("balanced_accuracy", ours.Average(s => s.Balanced));
    }

    private static void AssertNotBelow(string metric, double mean)
    {
        double[] theirs = PeerScores.Of("rfc", metric);
        Assert.True(mean >= theirs.Average() - PeerScores.StandardError(theirs), $"{metric} {mean} against {theirs.Average()}");
    }
}
