using MathNet.Numerics;
using SerLab.Core;
using SerLab.Onnx;
using SerLab.Onnx.Runtime;
using SerLab.Training.Conformal;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;
using Xunit;

namespace SerLab.Training.Tests.Conformal;

public sealed class ConformalRuleTests
{
    [Fact]
    public void The_curve_of_errors_is_the_parabola_of_least_squares()
    {
        SeededRandom random = new(3);
        double[] predicted = [.. Enumerable.Range(0, 200).Select(_ => 0.3 + (0.4 * random.NextGaussian()))];
        double[] errors = [.. predicted.Select(p => 0.5 + (0.1 * p) - (0.05 * p * p) + (0.02 * random.NextGaussian()))];

        SpreadCurve curve = SpreadCurve.Of(predicted, errors);

        double[] expected = Fit.Polynomial(predicted, errors, 2);
        Assert.All(predicted, p => Assert.Equal(Polynomial.Evaluate(p, expected), curve.At(p), 1e-9));
        Assert.Equal(curve.At(predicted.Max()), curve.At(1e9));
        Assert.Equal(curve.At(predicted.Min()), curve.At(-1e9));
    }

    [Fact]
    public void Equal_predictions_have_one_error_and_no_error_at_all_still_has_a_curve()
    {
        Assert.Equal(2, SpreadCurve.Of([0.5, 0.5, 0.5], [1, 2, 3]).At(0.7), 1e-12);

        IntervalRule perfect = IntervalRule.Of(new PredictionSet([0.1, 0.2], [0.1, 0.2], []), [0, 1]);
        Assert.Equal((0.15, 0.15), perfect.Around(0.15));
    }

    [Fact]
    public void An_interval_is_wider_where_errors_are_larger_and_ends_with_the_ratings()
    {
        SeededRandom random = new(5);
        double[] predicted = [.. Enumerable.Range(0, 900).Select(i => -0.6 + (i / 750.0))];
        double[] truth =
            [.. predicted.Select(p => Math.Clamp(p + ((0.05 + (0.2 * Math.Abs(p))) * random.NextGaussian()), -1, 1))];

        IntervalRule rule = IntervalRule.Of(new PredictionSet(truth, predicted, []), [.. Enumerable.Range(0, 900)]);

        Assert.True(rule.IsReached);
        Assert.True(Width(rule.Around(-0.5)) > 1.5 * Width(rule.Around(0)));
        Assert.Equal(1, rule.Around(0.95).High);
        Assert.Equal(rule.Around(1), rule.Around(7));
        Assert.True(Width(rule.Around(7)) > 0.5 * Width(rule.Around(0.95)));
        Assert.Equal(-1, rule.Minimum);

        static double Width((double Low, double High) interval) => interval.High - interval.Low;
    }

    [Fact]
    public void Ratings_beyond_one_have_the_range_of_the_true_ones()
    {
        IntervalRule rule = IntervalRule.Of(new PredictionSet([1, 5, 9], [2, 5, 8], []), [0, 1, 2]);

        Assert.Equal((1, 9), (rule.Minimum, rule.Maximum));
        Assert.False(rule.IsReached);
    }

    [Fact]
    public void A_set_takes_classes_by_probability_until_they_are_enough()
    {
        SetRule rule = new(0.75, ConfusionShares.Even(4), IsReached: true);

        Assert.Equal([0, 2], rule.SetOf([0.5, 0.05, 0.4, 0.05], 0));
        Assert.Equal([0, 1, 2], rule.SetOf([0.3, 0.3, 0.3, 0.1], 0));
        Assert.Equal([3], (rule with { Limit = -1 }).SetOf([0.5, 0.05, 0.4, 0.05], 3));
        Assert.Equal((0.99 * 0.6) + (0.01 * 0.5), rule.ScoreOf([0.3, 0.3, 0.3, 0.1], 0, 2), 1e-6);
        Assert.Equal(-1, rule.ScoreOf([0.3, 0.3, 0.3, 0.1], 0, 0));
    }

    [Fact]
    public void A_model_that_is_nearly_always_right_names_one_class_only()
    {
        PredictionSet set = new(
            [.. Enumerable.Range(0, 100).Select(i => i < 95 ? 0.0 : 1)], new double[100],
            [.. Enumerable.Range(0, 100).SelectMany(_ => new[] { 0.8, 0.2 })]);

        SetRule rule = SetRule.Of(set, [.. Enumerable.Range(0, 100)]);

        Assert.Equal([0], rule.SetOf([0.51, 0.49], 0));
    }

    [Fact]
    public void The_smallest_sets_that_hold_the_truth_of_nine_in_ten_are_found()
    {
        // The true class is the k-th most probable one, k = 1 to 4, in 40, 30, 25 and 5 of a hundred clips.
        int[] rank = [.. Enumerable.Range(0, 100).Select(i => i < 40 ? 0 : i < 70 ? 1 : i < 95 ? 2 : 3)];
        PredictionSet set = new(
            [.. rank.Select(r => (double)r)], new double[100],
            [.. rank.SelectMany(_ => new[] { 0.4, 0.3, 0.2, 0.1 })]);

        SetRule rule = SetRule.Of(set, [.. Enumerable.Range(0, 100)]);

        Assert.Equal([0, 1, 2], rule.SetOf([0.4, 0.3, 0.2, 0.1], 0));
        Assert.Equal(95, Enumerable.Range(0, 100).Count(i => rule.Covers(set, i)));
        Assert.Equal(3, rule.WidthAt(set, 0));
    }

    [Fact]
    public void Of_classes_that_probabilities_do_not_tell_apart_those_come_first_that_were_true_more_often()
    {
        // A tree says 1 and 0 only. Where it says class 0, 60 of a hundred clips are of class 0, 33 of class 2.
        PredictionSet set = new(
            [.. Enumerable.Range(0, 100).Select(i => i < 60 ? 0.0 : i < 93 ? 2 : i < 97 ? 1 : 3)], new double[100],
            [.. Enumerable.Range(0, 100).SelectMany(_ => new double[] { 1, 0, 0, 0 })]);

        SetRule rule = SetRule.Of(set, [.. Enumerable.Range(0, 100)]);

        Assert.Equal([0, 2], rule.SetOf([1, 0, 0, 0], 0));
        Assert.Equal([0, 1], rule.SetOf([0.6, 0.4, 0, 0], 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Sets_of_probabilities_in_whole_votes_hold_as_many_as_they_promise(int votes)
    {
        SeededRandom random = new(7);
        double[][] habits = [.. Enumerable.Range(0, 6).Select(_ => Shares())];
        (PredictionSet known, int[] groups) = Clips(1500);
        SetRule rule = SetRule.Of(known, groups);

        (PredictionSet unseen, _) = Clips(3000);
        Assert.InRange(Enumerable.Range(0, 3000).Average(i => rule.Covers(unseen, i) ? 1.0 : 0), 0.88, 0.92);
        Assert.InRange(Enumerable.Range(0, 3000).Average(i => rule.WidthAt(unseen, i)), 1, 5.5);

        double[] Shares()
        {
            double[] shares = [.. Enumerable.Range(0, 6).Select(_ => Math.Exp(1.5 * random.NextGaussian()))];
            return [.. shares.Select(share => share / shares.Sum())];
        }

        int Drawn(double[] shares)
        {
            double point = random.NextDouble();
            int c = 0;
            for (double sum = shares[0]; sum < point && c < 5; sum += shares[c])
            {
                c++;
            }

            return c;
        }

        // Every class has a habit of its own of what it is taken for, and each vote takes it for something.
        (PredictionSet Set, int[] Groups) Clips(int count)
        {
            double[] truth = [.. Enumerable.Range(0, count).Select(_ => (double)random.NextInt(6))];
            double[][] rows =
            [
                .. truth.Select(label =>
                {
                    double[] row = new double[6];
                    for (int vote = 0; vote < votes; vote++)
                    {
                        row[Drawn(habits[(int)label])] += 1.0 / votes;
                    }

                    return row;
                }),
            ];
            return (
                new PredictionSet(
                    truth, [.. rows.Select(row => (double)Array.IndexOf(row, row.Max()))], [.. rows.SelectMany(row => row)]),
                [.. Enumerable.Range(0, count).Select(i => i % 30)]);
        }
    }

    [Fact]
    public void What_float32_cannot_tell_apart_is_equal()
    {
        SetRule rule = new(0.994, ConfusionShares.Even(4), IsReached: true);

        // Class 3 is likelier than 2 by what a file has no digits for; the order is that of the classes.
        Assert.Equal(
            rule.ScoreOf([1 - 3e-9, 1e-9, 1e-9, 1e-9], 0, 2), rule.ScoreOf([1 - 3e-9, 1e-10, 9e-10, 2e-9], 0, 2));
        Assert.Equal([0, 1], rule.SetOf([1 - 3e-9, 1e-10, 9e-10, 2e-9], 0));
    }

    [Fact]
    public void Files_give_the_sets_of_SerLab_whatever_the_probabilities()
    {
        const int classes = 8;
        SeededRandom random = new(11);

        // Saturated as those of a linear model that is very sure, whole votes, and such that lie close together.
        double[][] rows =
        [
            .. Enumerable.Range(0, 3000).Select(i => Shares(
                [.. Enumerable.Range(0, classes).Select(_ => (i % 3) switch
                {
                    0 => Math.Exp(20 * random.NextGaussian()),
                    1 => random.NextInt(4),
                    _ => 1 + (1e-7 * random.NextGaussian()),
                })])),
        ];
        double[] truth = [.. rows.Select(_ => (double)random.NextInt(classes))];
        double[] predicted = [.. rows.Select(row => (double)Array.IndexOf(row, row.Max()))];
        PredictionSet set = new(truth, predicted, [.. rows.SelectMany(row => row)]);

        SetRule calibrated = SetRule.Of(set, [.. Enumerable.Range(0, truth.Length).Select(i => i % 24)]);

        // Classes that lie at the very limit belong to the set.
        foreach (int asked in Enumerable.Range(0, 9))
        {
            double score = calibrated.ScoreOf(rows[asked], (int)predicted[asked], (int)truth[asked]);
            SetRule rule = calibrated with { Limit = asked == 0 ? calibrated.Limit : score };

            bool[] file = InFile(rule, [.. predicted.Select(label => (long)label)], set.Probabilities);

            Assert.Equal(
                rows.SelectMany((row, i) => Enumerable.Range(0, classes).Select(rule.SetOf(row, (int)predicted[i]).Contains)),
                file);
            Assert.True(asked == 0 || file[(asked * classes) + (int)truth[asked]]);
        }

        static double[] Shares(double[] counts) =>
            [.. counts.Select(count => counts.Sum() > 0 ? count / counts.Sum() : 1.0 / classes)];

        static bool[] InFile(SetRule rule, long[] labels, double[] probabilities)
        {
            OnnxGraph graph = new("sets");
            OnnxValue label = graph.Input("label", OnnxElement.Int64, [OnnxDimension.Batch], "");
            OnnxValue given = graph.Input("probabilities", OnnxElement.Float, [OnnxDimension.Batch, classes], "");
            graph.Output(
                "sets", rule.AddTo(graph, label, given, classes), OnnxElement.Bool, [OnnxDimension.Batch, classes], "");
            IReadOnlyDictionary<string, Tensor> answers = OnnxModel.Parse(graph.ToBytes("1", "", []), "sets").Run(
                new Dictionary<string, Tensor>
                {
                    ["label"] = new Tensor<long>(labels, labels.Length),
                    ["probabilities"] = new Tensor<float>(
                        Array.ConvertAll(probabilities, p => (float)p), labels.Length, classes),
                });
            return ((Tensor<bool>)answers["sets"]).Values.ToArray();
        }
    }

    [Fact]
    public void Reconstructions_and_missing_predictions_have_no_rule()
    {
        Assert.Null(ConformalRule.Of(Target.Reconstruction, new PredictionSet([0], [1], []), [0]));
        Assert.Null(ConformalRule.Of(Target.Rating("valence"), new PredictionSet([], [], []), []));
        Assert.IsType<IntervalRule>(ConformalRule.Of(Target.Rating("valence"), new PredictionSet([0], [1], []), [0]));
        Assert.IsType<SetRule>(ConformalRule.Of(Target.Class(["a", "b"]), new PredictionSet([0], [1], [0.4, 0.6]), [0]));
    }
}
