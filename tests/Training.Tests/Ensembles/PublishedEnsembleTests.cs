using System.Globalization;
using SerLab.Core;
using SerLab.TestSupport;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using SerLab.Training.Tests.Trees;
using Xunit;
using Xunit.Abstractions;

namespace SerLab.Training.Tests.Ensembles;

/// <summary>
/// The same ten stratified folds of 5,000 × 13 in four classes that scikit-learn and imbalanced-learn were measured on.
/// </summary>
[Trait("Data", "real")]
public class PublishedEnsembleTests(ITestOutputHelper output)
{
    private const int Classes = 4;

    [SkippableTheory]
    [InlineData("stack", "stacking", null)]
    [InlineData("smote_svc", "svc", "smote")]
    [InlineData("smote_rfc", "forest", "smote")]
    public void It_scores_as_its_peer_within_a_standard_error(string peer, string learner, string? resampler)
    {
        string[][] table =
            [.. File.ReadLines(ReferenceData.Require("reference", "classification.csv")).Skip(1).Select(l => l.Split(','))];
        FeatureMatrix rows = FeatureMatrix.FromRows(
            Array.ConvertAll(table, row => Array.ConvertAll(row[..^1], v => float.Parse(v, CultureInfo.InvariantCulture))), 13);
        int[] labels = Array.ConvertAll(table, row => int.Parse(row[^1], CultureInfo.InvariantCulture));
        int[] folds = PeerScores.Folds("classification-svc-oof.csv");
        ILearner pipeline = LearnerCatalogue.BuiltIn.Create(
            LearnerSpecification.Default(learner) with { Resampler = resampler }, Target.Class(["a", "b", "c", "d"]));

        (double Accuracy, double F1, double Balanced)[] ours = [.. Enumerable.Range(0, 10).AsParallel().AsOrdered().Select(fold =>
        {
            int[] training = PeerScores.Rows(folds, f => f != fold);
            int[] test = PeerScores.Rows(folds, f => f == fold);
            int[] answers = pipeline
                .Fit(rows.Select(training), Array.ConvertAll(training, i => labels[i]), Classes, seed: 0)
                .Predict(rows.Select(test)).Labels;
            return PeerScores.Score(Array.ConvertAll(test, i => labels[i]), answers, Classes);
        })];

        AssertNotBelow(peer, "accuracy", ours.Average(s => s.Accuracy));
        AssertNotBelow(peer, "f1_macro", ours.Average(s => s.F1));
        AssertNotBelow(peer, "balanced_accuracy", ours.Average(s => s.Balanced));
    }

    private void AssertNotBelow(string peer, string metric, double mean)
    {
        double[] theirs = PeerScores.Of(peer, metric);
        output.WriteLine($"{peer} {metric}: {mean:F4}, peer {theirs.Average():F4} ± {PeerScores.StandardError(theirs):F4}");
        Assert.True(mean >= theirs.Average() - PeerScores.StandardError(theirs), $"{metric} {mean} against {theirs.Average()}");
    }
}
