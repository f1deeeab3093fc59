using FsCheck.Fluent;
using SerLab.Core;
using SerLab.Training.Learners;
using SerLab.Training.Svm;
using SerLab.Training.Svm.Kernels;
using Xunit;

namespace SerLab.Training.Tests.Svm;

public class SvcTests
{
    private static readonly SvmData Data = SvmData.Generate(31, 240, 4, classes: 3);

    public static TheoryData<SvcOptions> VariedOptions => new(
        new SvcOptions { Tolerance = 1e-5 },
        new SvcOptions { Tolerance = 1e-5, C = 50, Gamma = Gamma.Scale },
        new SvcOptions { Tolerance = 1e-5, C = 0.3, Kernel = KernelKind.Linear, ClassWeights = ClassWeights.Balanced },
        new SvcOptions { Tolerance = 1e-5, Kernel = KernelKind.Polynomial, Degree = 2, Coef0 = 1 });

    [Theory]
    [MemberData(nameof(VariedOptions))]
    public void Every_pair_meets_the_optimality_conditions(SvcOptions options)
    {
        SvcModel model = Fit(Data, options, 3);

        double[] weights = options.ClassWeights.Resolve(Data.Labels, 3);
        double[] decisions = model.DecisionValues(Data.Rows);
        double[][] pairs = CoefficientsByPair(model, Data.Labels.Length);
        for (int p = 0; p < pairs.Length; p++)
        {
            Assert.Equal(0, pairs[p].Sum(), 1e-9 * options.C * Data.Labels.Length);
            for (int i = 0; i < Data.Labels.Length; i++)
            {
                if (Data.Labels[i] != model.Pairs[p].First && Data.Labels[i] != model.Pairs[p].Second)
                {
                    Assert.Equal(0, pairs[p][i]);
                    continue;
                }

                int sign = Data.Labels[i] == model.Pairs[p].First ? 1 : -1;
                double alpha = sign * pairs[p][i];
                double bound = options.C * weights[Data.Labels[i]];
                double margin = sign * decisions[(i * pairs.Length) + p];
                Assert.InRange(alpha, 0, bound);
                Assert.True(alpha == bound || margin > 1 - 1e-3, $"row {i} violates the margin of pair {p} below the bound");
                Assert.True(alpha == 0 || margin < 1 + 1e-3, $"row {i} lies beyond the margin of pair {p} with a coefficient");
            }
        }
    }

    [Theory]
    [MemberData(nameof(VariedOptions))]
    public void Shrinking_changes_nothing_but_speed(SvcOptions options) => Assert.Equal(
        Fit(Data, options with { Shrinking = false }, 3).DecisionValues(Data.Rows),
        Fit(Data, options with { Shrinking = true }, 3).DecisionValues(Data.Rows), (e, a) => Math.Abs(e - a) < 1e-3);

    [Fact]
    public void A_small_cache_changes_nothing_but_speed()
    {
        SvmData data = SvmData.Generate(32, 1200, 3);
        SvcOptions options = new() { Tolerance = 1e-5, C = 5 };

        Assert.Equal(
            Fit(data, options, 2).DecisionValues(data.Rows),
            Fit(data, options with { CacheMegabytes = 1 }, 2).DecisionValues(data.Rows), (e, a) => Math.Abs(e - a) < 1e-3);
    }

    [Fact]
    public void The_order_of_rows_does_not_matter() => Prop.ForAll(
        Gen.Shuffle(Enumerable.Range(0, 90)).ToArbitrary(),
        order =>
        {
            SvcOptions options = new() { Tolerance = 1e-7 };
            SvmData data = Data.Take(..90);
            Assert.Equal(
                Fit(data, options, 3).DecisionValues(Data.Rows),
                Fit(data.Reorder([.. order]), options, 3).DecisionValues(Data.Rows), (e, a) => Math.Abs(e - a) < 1e-3);
        }).Holds(cases: 20);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_class_in_training_is_always_the_answer(bool probability)
    {
        SvcModel model = (SvcModel)new SvcLearner(new SvcOptions { Probability = probability })
            .Fit(new FeatureMatrix([1, 2, 3], 3, 1), [1, 1, 1], 3, 0);

        FeatureMatrix rows = new([7, -7], 2, 1);
        Assert.Equal([1, 1], model.Predict(rows).Labels);
        Assert.Equal([0, 1, 0, 0, 1, 0], model.Predict(rows).Probabilities);
        Assert.Empty(model.DecisionValues(rows));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_class_absent_from_training_is_never_the_answer(bool probability)
    {
        int[] labels = Array.ConvertAll(Data.Labels, label => label + (label > 0 ? 1 : 0));
        SvcModel model = (SvcModel)new SvcLearner(new SvcOptions { Probability = probability }).Fit(Data.Rows, labels, 5, 0);

        double[] probabilities = model.Predict(Data.Rows).Probabilities;
        Assert.DoesNotContain(model.Predict(Data.Rows).Labels, label => label is 1 or 4);
        for (int i = 0; i < Data.Labels.Length; i++)
        {
            double[] row = probabilities[(5 * i)..((5 * i) + 5)];
            Assert.Equal((0, 0), (row[1], row[4]));
            Assert.Equal(1, row.Sum(), 1e-12);
            Assert.All(row, p => Assert.InRange(p, 0, 1));
        }
    }

    [Fact]
    public void A_tie_of_votes_goes_to_the_lowest_class()
    {
        // Labels that have nothing to do with the rows give decisions in a circle often enough.
        int[] labels = [.. Enumerable.Range(0, Data.Labels.Length).Select(i => i % 3)];
        SvcModel model = (SvcModel)new SvcLearner().Fit(Data.Rows, labels, 3, 0);

        double[] decisions = model.DecisionValues(Data.Rows);
        double[] shares = model.Predict(Data.Rows).Probabilities;
        int[] predicted = model.Predict(Data.Rows).Labels;
        int ties = 0;
        for (int i = 0; i < predicted.Length; i++)
        {
            bool[] first = [.. decisions[(3 * i)..((3 * i) + 3)].Select(value => value > 0)];
            double[] votes = [0, 0, 0];
            votes[first[0] ? 0 : 1]++;
            votes[first[1] ? 0 : 2]++;
            votes[first[2] ? 1 : 2]++;
            bool tie = votes.All(v => v == 1);
            ties += tie ? 1 : 0;
            Assert.Equal(tie ? 0 : Array.IndexOf(votes, 2), predicted[i]);
            Assert.Equal(votes.Select(v => v / 3), shares[(3 * i)..((3 * i) + 3)]);
        }

        Assert.True(ties > 0);
    }

    [Fact]
    public void Calibrated_probabilities_depend_on_the_seed_and_nothing_else_and_tell_the_classes_apart()
    {
        SvcOptions options = new() { Probability = true };
        SvmData training = Data.Take(..180);
        SvmData test = Data.Take(180..);

        double[] first = Probabilities(1);

        Assert.Equal(first, Probabilities(1));
        Assert.NotEqual(first, Probabilities(2));
        double[] shares = [.. Enumerable.Range(0, 3).Select(c => training.Labels.Count(label => label == c) / 180.0)];
        double loss = test.Labels.Select((label, i) => -Math.Log(first[(3 * i) + label])).Average();
        double lossOfShares = test.Labels.Select(label => -Math.Log(shares[label])).Average();
        Assert.True(loss < 0.8 * lossOfShares, $"log loss {loss}, of class shares {lossOfShares}");

        double[] Probabilities(int seed) =>
            new SvcLearner(options).Fit(training.Rows, training.Labels, 3, seed).Predict(test.Rows).Probabilities;
    }

    [Fact]
    public void Heavier_weight_on_a_class_finds_more_of_it()
    {
        int Found(ClassWeights weights) => Fit(Data, new SvcOptions { ClassWeights = weights, C = 0.1 }, 3)
            .Predict(Data.Rows).Labels.Count(label => label == 2);

        Assert.True(Found(ClassWeights.Of(1, 1, 10)) > Found(ClassWeights.None));
    }

    [Fact]
    public void Dual_coefficients_have_the_layout_of_libsvm()
    {
        SvcModel model = Fit(Data, new SvcOptions(), 3);

        double[][] pairs = CoefficientsByPair(model, Data.Labels.Length);
        double[] decisions = model.DecisionValues(Data.Rows);
        for (int p = 0; p < pairs.Length; p++)
        {
            double sum = model.Pairs[p].Intercept;
            for (int i = 0; i < Data.Labels.Length; i++)
            {
                sum += pairs[p][i] * model.Kernel.Evaluate(Data.Rows.Row(i), Data.Rows.Row(5));
            }

            Assert.Equal(sum, decisions[(5 * pairs.Length) + p], 1e-10);
        }
    }

    private static SvcModel Fit(SvmData data, SvcOptions options, int classes) =>
        (SvcModel)new SvcLearner(options).Fit(data.Rows, data.Labels, classes, 0);

    /// <summary>Reads the public layout back: one coefficient per pair and training row.</summary>
    private static double[][] CoefficientsByPair(SvcModel model, int rows)
    {
        int[] classes = model.Classes.ToArray();
        int[] placeOf = [.. classes.SelectMany((_, place) => Enumerable.Repeat(place, model.VectorsPerClass[place]))];
        int total = model.SupportVectors.Rows;
        List<double[]> pairs = [];
        foreach (SvcPair pair in model.Pairs)
        {
            int first = Array.IndexOf(classes, pair.First);
            int second = Array.IndexOf(classes, pair.Second);
            double[] byRow = new double[rows];
            for (int v = 0; v < total; v++)
            {
                byRow[model.SupportIndices[v]] = placeOf[v] == first ? model.DualCoefficients[((second - 1) * total) + v]
                    : placeOf[v] == second ? model.DualCoefficients[(first * total) + v]
                    : 0;
            }

            pairs.Add(byRow);
        }

        return [.. pairs];
    }
}
