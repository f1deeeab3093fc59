using System.Collections.Concurrent;
using SerLab.Core;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Training.Baselines;
using SerLab.Training.Catalogue;
using SerLab.Training.Pipelines;
using SerLab.Training.Resampling;
using SerLab.Training.Splitting;
using Xunit;

namespace SerLab.Evaluation.Tests.Running;

/// <summary>Resampling inside cross-validation: nothing made up descends from, or stands in for, a test clip.</summary>
public class ResamplingTests
{
    [Theory, InlineData("smote"), InlineData("oversample"), InlineData("undersample")]
    public void No_row_that_is_learnt_from_descends_from_a_test_clip(string resampler)
    {
        // The third feature names the clip, so that what the resampler was given shows which clips it saw.
        FeatureMatrix rows = new(
            [.. Enumerable.Range(0, TestRuns.Clips).SelectMany(i => new[]
            {
                TestRuns.Features.Values[i, 0], TestRuns.Features.Values[i, 1], i,
            })],
            TestRuns.Clips,
            3);
        Recorder recorder = new(ResamplerCatalogue.BuiltIn.Get(resampler).Create()!);
        RunInputs inputs = TestRuns.OfClasses() with
        {
            Examples = rows,
            FeatureNames = ["first", "second", "clip"],
            Learners = [new Pipeline("recorded", [], new MajorityLearner()) { Resampler = recorder }],
        };

        IReadOnlyList<FoldPrediction> predictions = TestRuns.Run(inputs).Record.Predictions;

        Fold[] folds = [.. inputs.Protocols.SelectMany(protocol => protocol.SchemeFor("recorded").Folds)];
        Assert.Equal(6, folds.Length);
        Assert.Equal(6, recorder.Calls.Count);
        Assert.All(folds, fold =>
        {
            // The training part of exactly one call: all its clips and no other.
            (FeatureMatrix given, ResampledRows resampled) = Assert.Single(
                recorder.Calls, call => Clips(call.Rows).Order().SequenceEqual(fold.Train));
            int[] clips = Clips(given);
            int[] ancestors = [.. resampled.Origins.SelectMany(o => new[] { clips[o.Parent], clips[o.Neighbour] }).Distinct()];
            Assert.Empty(ancestors.Intersect(fold.Test));
            Assert.Subset(fold.Train.ToHashSet(), ancestors.ToHashSet());
            Assert.Single(resampled.Labels.GroupBy(l => l).Select(g => g.Count()).Distinct());
        });

        // Test clips themselves are neither repeated nor left out.
        Assert.All(predictions, prediction => Assert.Equal(prediction.Clips.Length, prediction.Predictions.Count));
        Assert.All(predictions.GroupBy(p => p.Task.Protocol), same =>
            Assert.Equal(Enumerable.Range(0, TestRuns.Clips), same.SelectMany(p => p.Clips).Order()));
    }

    private static int[] Clips(FeatureMatrix rows) => [.. Enumerable.Range(0, rows.Rows).Select(i => (int)rows[i, 2])];

    private sealed class Recorder(IResampler inner) : IResampler
    {
        public string Name => inner.Name;

        public ConcurrentBag<(FeatureMatrix Rows, ResampledRows Resampled)> Calls { get; } = [];

        public ResampledRows Resample(FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, int seed)
        {
            ResampledRows resampled = inner.Resample(rows, labels, classCount, seed);
            Calls.Add((rows, resampled));
            return resampled;
        }
    }
}
