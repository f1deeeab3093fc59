using SerLab.Training.Metrics;
using Xunit;

namespace SerLab.Training.Tests.Metrics;

/// <summary>Figures of scikit-learn's documentation, and what is computed by hand.</summary>
public class ClassificationMetricTests
{
    private static readonly ConfusionMatrix Confusion =
        ConfusionMatrix.Of([0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1], 3);

    [Fact]
    public void Precision_recall_and_F1_are_those_documented()
    {
        Assert.Equal(2.0 / 9, Confusion.Macro(Confusion.Precision), 1e-12);
        Assert.Equal(1.0 / 3, Confusion.Macro(Confusion.Recall), 1e-12);
        Assert.Equal(4.0 / 15, Confusion.Macro(Confusion.F1), 1e-12);
        Assert.Equal(4.0 / 15, Confusion.Weighted(Confusion.F1), 1e-12);
        Assert.Equal([0.8, 0, 0], Enumerable.Range(0, 3).Select(Confusion.F1));
        Assert.Equal(1.0 / 3, Confusion.Accuracy, 1e-12);
    }

    [Fact]
    public void Balanced_accuracy_is_that_documented_and_leaves_absent_classes_out()
    {
        Assert.Equal(0.625, ConfusionMatrix.Of([0, 1, 0, 0, 1, 0], [0, 1, 0, 0, 0, 1], 2).UnweightedAverageRecall, 1e-12);
        Assert.Equal(0.625, ConfusionMatrix.Of([0, 1, 0, 0, 1, 0], [0, 1, 0, 0, 0, 1], 5).UnweightedAverageRecall, 1e-12);
    }

    [Fact]
    public void Counts_are_rows_of_truth_and_columns_of_prediction()
    {
        Assert.Equal(1, Confusion[1, 2]);
        Assert.Equal(2, Confusion[2, 1]);
        Assert.Equal(2, Confusion[0, 0]);
        Assert.Equal(6, Confusion.Total);
        Assert.Equal(3, Confusion.Predicted(0));
        Assert.Equal(2, Confusion.Support(0));
    }

    [Fact]
    public void Area_under_ROC_is_that_documented_and_counts_ties_half()
    {
        Assert.Equal(0.75, ProbabilityMetrics.AreaUnderRoc([false, false, true, true], [0.1, 0.4, 0.35, 0.8]), 1e-12);
        Assert.Equal(0.5, ProbabilityMetrics.AreaUnderRoc([false, true, false, true], [0.3, 0.3, 0.3, 0.3]), 1e-12);
        Assert.Equal(double.NaN, ProbabilityMetrics.AreaUnderRoc([true, true], [0.1, 0.2]));
    }

    [Fact]
    public void Area_over_classes_is_the_mean_of_each_against_the_rest()
    {
        double[] truth = [0, 1, 2, 2];
        double[] probabilities =
        [
            0.5, 0.3, 0.2,
            0.4, 0.5, 0.1,
            0.1, 0.3, 0.6,
            0.45, 0.35, 0.2,
        ];

        // Class 0: 3 of 3 pairs won. Class 1: 3 of 3. Class 2: clip 2 beats both others, clip 3 ties with clip 0 and beats clip
        // 1: 3.5 / 4.
        Assert.Equal((1 + 1 + 0.875) / 3, ProbabilityMetrics.AreaUnderRoc(truth, probabilities, 3), 1e-12);
    }

    // What scikit-learn 1.2.1 says of OfFourClasses: roc_auc_score and average_precision_score of every class against the rest,
    // and the second again where clip i counts i % 3 times.
    [Theory]
    [InlineData(0, 0.8308571428571428, 0.8178238573021182, 0.8341750841750841)]
    [InlineData(1, 0.8386243386243386, 0.7544911370998328, 0.6792295717026899)]
    [InlineData(2, 0.8027950310559007, 0.7303215657745274, 0.6678571428571428)]
    [InlineData(3, 0.8187134502923976, 0.696078431372549, 0.6916666666666667)]
    public void Areas_of_a_class_are_those_of_scikit_learn(int label, double roc, double precision, double weighted)
    {
        PredictionSet set = OfFourClasses();
        ClassificationScorer scorer = new(["a", "b", "c", "d"]);

        double[] values = scorer.Score(set);
        double[] drawn = scorer.PrepareDraws(set, [.. Enumerable.Range(0, set.Count).Select(i => i % 3)], 3)([0, 1, 2]);

        Assert.Equal(roc, values[At($"auc[{"abcd"[label]}]")], 1e-12);
        Assert.Equal(precision, values[At($"average_precision[{"abcd"[label]}]")], 1e-12);
        Assert.Equal(weighted, drawn[At($"average_precision[{"abcd"[label]}]")], 1e-12);
        Assert.Equal(0.822747490707445, values[At("auc")], 1e-12);
        Assert.Equal(0.7496787478872569, values[At("average_precision")], 1e-12);
        Assert.Equal(0.718232116350396, drawn[At("average_precision")], 1e-12);

        int At(string name) => scorer.Metrics.Index().First(metric => metric.Item.Name == name).Index;
    }

    // The numbers are those of scikit-learn's roc_curve and precision_recall_curve.
    [Fact]
    public void A_curve_has_one_point_per_threshold_and_equal_scores_share_one()
    {
        double[] scores = [0.9, 0.8, 0.8, 0.6, 0.6, 0.6, 0.3, 0.1];
        PredictionSet set = new([1, 0, 1, 1, 0, 0, 1, 0], new double[8], [.. scores.SelectMany(p => new[] { 1 - p, p })]);

        RankCurve curve = RankCurve.Of(set, 1, 2)!;

        Assert.Equal([0, 0, 0.25, 0.75, 0.75, 1], curve.Points.Select(point => point.FalsePositiveRate));
        Assert.Equal([0, 0.25, 0.5, 0.75, 1, 1], curve.Points.Select(point => point.Recall));
        Assert.Equal([1, 1, 2.0 / 3, 0.5, 4.0 / 7, 0.5], curve.Points.Select(point => point.Precision));
        Assert.Equal((0.65625, 0.5), (curve.RocArea, curve.Share));
        Assert.Equal(0.6845238095238095, curve.AveragePrecision, 1e-12);
    }

    [Fact]
    public void The_areas_of_a_class_that_does_not_occur_are_undefined_and_left_out_of_the_mean()
    {
        double[] values = new ClassificationScorer(["a", "b", "c"]).Score(new PredictionSet(
            [0, 0, 1], [0, 0, 0], [0.6, 0.3, 0.1, 0.5, 0.2, 0.3, 0.1, 0.4, 0.5]));

        Assert.Equal([1, 1, double.NaN, double.NaN], [values[14], values[15], values[^2], values[^1]]);
        Assert.Equal((1.0, 1.0), (values[8], values[9]));
        Assert.Null(RankCurve.Of(new PredictionSet([0], [0], [0.6, 0.4]), 1, 2));
    }

    [Fact]
    public void Log_loss_is_that_documented_and_finite_for_a_probability_of_zero()
    {
        double[] probabilities = [0.1, 0.9, 0.9, 0.1, 0.8, 0.2, 0.35, 0.65];

        Assert.Equal(0.21616187468057912, ProbabilityMetrics.LogLoss([1, 0, 0, 1], probabilities, 2), 1e-12);
        Assert.Equal(36.04365338911715, ProbabilityMetrics.LogLoss([0], [0, 1], 2), 1e-9);
    }

    [Fact]
    public void The_scorer_names_every_class_and_gives_one_value_per_metric()
    {
        ClassificationScorer scorer = new(["calm", "happy"]);

        double[] values = scorer.Score(new PredictionSet([0, 1], [0, 1], [0.9, 0.1, 0.2, 0.8]));

        Assert.Equal(scorer.Metrics.Count, values.Length);
        Assert.Contains(scorer.Metrics, m => m.Name == "recall[happy]");
        Assert.Equal(1, values[0]);
    }

    [Fact]
    public void A_probability_that_is_no_number_leaves_area_and_loss_undefined()
    {
        double[] probabilities = [0.2, 0.8, double.NaN, double.NaN, 0.7, 0.3];

        Assert.True(double.IsNaN(ProbabilityMetrics.AreaUnderRoc([true, false, true], [0.3, double.NaN, 0.2])));
        Assert.True(double.IsNaN(ProbabilityMetrics.AreaUnderRoc([1, 1, 0], probabilities, 2)));
        Assert.True(double.IsNaN(ProbabilityMetrics.LogLoss([1, 1, 0], probabilities, 2)));
    }

    // Many ties, a rare class, and probabilities that anybody can compute.
    private static PredictionSet OfFourClasses()
    {
        double[] truth = [.. Enumerable.Range(0, 60).Select(i => i % 20 == 0 ? 3 : ((i * i) + (3 * i)) % 7 % 3)];
        double[][] rows =
        [
            .. truth.Select((label, i) =>
                Enumerable.Range(0, 4).Select(c => 1.0 + (((i * 37) + (c * 11)) % 9) + (c == label ? 4 : 0)).ToArray()),
        ];
        return new PredictionSet(
            truth,
            [.. rows.Select(row => (double)Array.IndexOf(row, row.Max()))],
            [.. rows.SelectMany(row => row.Select(value => value / row.Sum()))]);
    }
}
