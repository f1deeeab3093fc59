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
}
