using System.Collections.Concurrent;
using SerLab.Core;
using SerLab.Datasets.Tables;
using SerLab.Evaluation.CrossValidation;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Tests.Runs;
using SerLab.Training;
using SerLab.Training.Balancing;
using SerLab.Training.Baselines;
using SerLab.Training.Catalogue;
using SerLab.Training.Splitting;
using Xunit;

namespace SerLab.Evaluation.Tests.CrossValidation;

/// <summary>Balancing inside cross-validation: nothing made up descends from, or stands in for, a test clip.</summary>
public class BalancingTests
{
    [Theory, InlineData("smote"), InlineData("oversample"), InlineData("undersample")]
    public void No_row_that_is_learnt_from_descends_from_a_test_clip(string balancer)
    {
        // The third feature names the clip, so that what the balancer was given shows which clips it saw.
        FeatureTable features = new(
            TestRuns.Features.ClipIds,
            ["first", "second", "clip"],
            new FeatureMatrix(
                [.. Enumerable.Range(0, TestRuns.Clips).SelectMany(i => new[]
                {
                    TestRuns.Features.Values[i, 0], TestRuns.Features.Values[i, 1], i,
                })],
                TestRuns.Clips,
                3));
        Recorder recorder = new(BalancerCatalogue.Create(balancer)!);
        ClassificationPipeline learner = new("recorded", [], new MajorityClassifier()) { Balancer = recorder };
        Protocol[] protocols =
            [.. new[] { "random", "grouped" }.Select(name => ProtocolCatalogue.For(TestRuns.Classes, name, 3, 1))];

        CrossValidationResult result = CrossValidator.Run(TestRuns.Classes, features, [learner], protocols);

        Fold[] folds = [.. protocols.SelectMany(protocol => protocol.SchemeFor("recorded").Folds)];
        Assert.Equal(6, folds.Length);
        Assert.Equal(6, recorder.Calls.Count);
        Assert.All(folds, fold =>
        {
            // The training part of exactly one call: all its clips and no other.
            (FeatureMatrix rows, BalancedRows balanced) = Assert.Single(
                recorder.Calls, call => Clips(call.Rows).Order().SequenceEqual(fold.Train));
            int[] clips = Clips(rows);
            int[] ancestors = [.. balanced.Origins.SelectMany(o => new[] { clips[o.Parent], clips[o.Neighbour] }).Distinct()];
            Assert.Empty(ancestors.Intersect(fold.Test));
            Assert.Subset(fold.Train.ToHashSet(), ancestors.ToHashSet());
            Assert.Single(balanced.Labels.GroupBy(l => l).Select(g => g.Count()).Distinct());
        });

        // Test clips themselves are neither repeated nor left out.
        Assert.All(result.Predictions, prediction => Assert.Equal(prediction.Clips.Length, prediction.Predictions.Count));
        Assert.All(result.Predictions.GroupBy(p => p.Protocol), same =>
            Assert.Equal(Enumerable.Range(0, TestRuns.Clips), same.SelectMany(p => p.Clips).Order()));
    }

    private static int[] Clips(FeatureMatrix rows) => [.. Enumerable.Range(0, rows.Rows).Select(i => (int)rows[i, 2])];

    private sealed class Recorder(IRowBalancer inner) : IRowBalancer
    {
        public string Name => inner.Name;

        public ConcurrentBag<(FeatureMatrix Rows, BalancedRows Balanced)> Calls { get; } = [];

        public BalancedRows Balance(FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, int seed)
        {
            BalancedRows balanced = inner.Balance(rows, labels, classCount, seed);
            Calls.Add((rows, balanced));
            return balanced;
        }
    }
}
