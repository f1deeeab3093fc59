using System.Numerics.Tensors;
using FsCheck.Fluent;
using SerLab.Core;
using SerLab.Training.Catalogue;
using SerLab.Training.Ensembles;
using SerLab.Training.Learners;
using SerLab.Training.Pipelines;
using SerLab.Training.Resampling;
using SerLab.Training.Trees;
using Xunit;

namespace SerLab.Training.Tests.Resampling;

public class ResamplerTests
{
    private const int Classes = 4;
    private static readonly FeatureMatrix Rows = RandomTables.Gaussian(60, 3, seed: 1);

    // 40, 13, 0 and 7 rows.
    private static readonly int[] Labels = [.. Enumerable.Range(0, 60).Select(i => i % 3 < 2 ? 0 : i % 9 == 2 ? 3 : 1)];

    public static TheoryData<string> Resamplers =>
        [.. ResamplerCatalogue.BuiltIn.Names.Where(name => name != ResamplerCatalogue.None)];

    [Theory, MemberData(nameof(Resamplers))]
    public void Classes_that_occur_become_equally_frequent_and_others_stay_absent(string name)
    {
        ResampledRows resampled = Resample(name, seed: 5);
        int expected = name == "undersample" ? Count(3) : Count(0);

        Assert.Equal(
            [expected, expected, 0, expected], Enumerable.Range(0, Classes).Select(c => resampled.Labels.Count(l => l == c)));
        Assert.Equal(resampled.Labels.Length, resampled.Rows.Rows);
        Assert.Equal(resampled.Labels.Length, resampled.Origins.Count);
    }

    [Theory, MemberData(nameof(Resamplers))]
    public void Every_row_lies_between_its_origins_of_the_same_class(string name)
    {
        ResampledRows resampled = Resample(name, seed: 5);

        Assert.All(Enumerable.Range(0, resampled.Labels.Length), i =>
        {
            RowOrigin origin = resampled.Origins[i];
            Assert.Equal(resampled.Labels[i], Labels[origin.Parent]);
            Assert.Equal(resampled.Labels[i], Labels[origin.Neighbour]);
            AssertBetween(Rows.Row(origin.Parent), Rows.Row(origin.Neighbour), resampled.Rows.Row(i));
        });
    }

    [Theory, MemberData(nameof(Resamplers))]
    public void The_seed_decides_everything(string name)
    {
        Assert.True(Resample(name, 5).Rows.Values.SequenceEqual(Resample(name, 5).Rows.Values));
        Assert.False(Resample(name, 5).Rows.Values.SequenceEqual(Resample(name, 6).Rows.Values));
    }

    [Theory, InlineData("smote"), InlineData("oversample")]
    public void All_training_rows_are_kept_and_come_first(string name)
    {
        ResampledRows resampled = Resample(name, seed: 5);

        Assert.True(resampled.Rows.Values[..Rows.Values.Length].SequenceEqual(Rows.Values));
        Assert.Equal(Labels, resampled.Labels[..Labels.Length]);
        Assert.Equal(Enumerable.Range(0, 60).Select(RowOrigin.Copy), resampled.Origins.Take(60));
    }

    [Fact]
    public void Undersampling_draws_no_row_twice_and_keeps_their_order()
    {
        int[] parents = [.. Resample("undersample", seed: 5).Origins.Select(o => o.Parent)];

        Assert.Equal(parents.Distinct().Order(), parents);
    }

    [Fact]
    public void Smote_moves_only_towards_one_of_the_k_nearest_of_the_class()
    {
        ResampledRows resampled = new Smote(new SmoteOptions { Neighbours = 3 }).Resample(Rows, Labels, Classes, seed: 5);

        Assert.All(resampled.Origins.Where(o => o.IsSynthetic), origin =>
        {
            int[] nearest =
            [
                .. Enumerable.Range(0, 60).Where(i => i != origin.Parent && Labels[i] == Labels[origin.Parent])
                    .OrderBy(i => TensorPrimitives.Distance(Rows.Row(origin.Parent), Rows.Row(i))).Take(3),
            ];
            Assert.Contains(origin.Neighbour, nearest);
        });
        Assert.Equal((2 * Count(0)) - Count(1) - Count(3), resampled.Origins.Count(o => o.IsSynthetic));
    }

    [Fact]
    public void Smote_uses_all_neighbours_of_a_small_class_and_repeats_a_single_row()
    {
        ResampledRows resampled =
            new Smote().Resample(RandomTables.Gaussian(12, 2, seed: 1), [0, 1, 1, .. new int[8], 2], 3, seed: 0);

        Assert.Equal([9, 9, 9], Enumerable.Range(0, 3).Select(c => resampled.Labels.Count(l => l == c)));
        Assert.All(resampled.Origins.Skip(12).Take(7), o => Assert.Equal(3, o.Parent + o.Neighbour));
        Assert.All(resampled.Origins.Skip(19), o => Assert.Equal(RowOrigin.Copy(11), o));
    }

    [Fact]
    public void Any_labels_come_out_even() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<int>().Select(i => Math.Abs(i % 5)).NonEmptyListOf().ToArbitrary(),
        labels => ResamplerCatalogue.BuiltIn.Names.Skip(1).All(name =>
        {
            int[] given = [.. labels];
            ResampledRows resampled =
                ResamplerCatalogue.BuiltIn.Get(name).Create()!.Resample(RandomTables.Gaussian(given.Length, 2, 3), given, 5, 1);
            int[] counts = [.. resampled.Labels.GroupBy(l => l).Select(g => g.Count())];
            return counts.Distinct().Count() == 1 && counts.Length == given.Distinct().Count();
        })).Holds();

    [Fact]
    public void A_pipeline_refuses_to_resample_before_inner_folds()
    {
        Pipeline pipeline = new("both", [], new StackingLearner([new DecisionTreeLearner()])) { Resampler = new Smote() };

        Assert.Contains(
            "folds of its own", Assert.Throws<InvalidInputException>(() => pipeline.Fit(Rows, Labels, Classes, 0)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Resampling_ratings_is_refused_and_an_unknown_resampler_named()
    {
        LearnerSpecification svr = LearnerSpecification.Default("svr") with { Resampler = "smote" };
        LearnerSpecification svc = LearnerSpecification.Default("svc") with { Resampler = "smoet" };

        Assert.Contains(
            "ratings", Assert.Throws<InvalidInputException>(
                () => LearnerCatalogue.BuiltIn.Create(svr, Target.Rating("valence"))).Message, StringComparison.Ordinal);
        Assert.Contains(
            "'smote'",
            Assert.Throws<UnknownNameException>(() => LearnerCatalogue.BuiltIn.Create(svc, Target.Class(["a", "b"]))).Message,
            StringComparison.Ordinal);
    }

    private static ResampledRows Resample(string name, int seed) =>
        ResamplerCatalogue.BuiltIn.Get(name).Create()!.Resample(Rows, Labels, Classes, seed);

    private static int Count(int label) => Labels.Count(l => l == label);

    private static void AssertBetween(ReadOnlySpan<float> from, ReadOnlySpan<float> to, ReadOnlySpan<float> point)
    {
        // The same step in every dimension: |from − point| + |point − to| = |from − to| holds on the segment only.
        float whole = TensorPrimitives.Distance(from, to);
        float parts = TensorPrimitives.Distance(from, point) + TensorPrimitives.Distance(point, to);
        Assert.Equal(whole, parts, 1e-5f);
    }
}
